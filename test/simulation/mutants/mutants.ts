/** One line of the core made wrong. The simulation must find out. */
export type Mutant = {
  /** Below `src/core`. */
  readonly file: string;
  /** The exact line, without its indentation; stands once in the file. */
  readonly line: string;
  readonly replacement: string;
  /** The promise that it breaks. */
  readonly breaks: string;
  /** A seed that found it out once: tried first, to save time. The others follow when it does not any more. */
  readonly seed: number;
};

export const mutants: readonly Mutant[] = [
  {
    file: 'decide/attempts.ts',
    line: 'if (task.retries >= facts.policy.retriesMax) {',
    replacement: 'if (task.retries > facts.policy.retriesMax) {',
    breaks: 'two retries, then escalation',
    seed: 15,
  },
  {
    file: 'decide/attempts.ts',
    line: 'if (task.conflicts + 1 >= conflictsMax)',
    replacement: 'if (task.conflicts >= conflictsMax)',
    breaks: 'the second conflict escalates',
    seed: 104,
  },
  {
    file: 'decide/attempts.ts',
    line: 'if (now.exhaustions >= exhaustionsMax) return splitOrEscalate(facts, now);',
    replacement: 'if (now.exhaustions > exhaustionsMax) return splitOrEscalate(facts, now);',
    breaks: 'the second exhaustion escalates',
    seed: 241,
  },
  {
    file: 'decide/facts.ts',
    line: 'return task?.column === column && task.attempt === attempt ? task : null;',
    replacement: 'return task?.column === column ? task : null;',
    breaks: 'a claim for an earlier attempt decides nothing',
    seed: 20,
  },
  {
    file: 'decide/landings.ts',
    line: 'if (seen.subjectCommit !== commitOf(candidate, seen.subject)) return;',
    replacement: '',
    breaks: 'a late gate answer about another merge result decides nothing',
    seed: 40,
  },
  {
    file: 'decide/landings.ts',
    line: 'if (landing.red !== null) return judgeTwiceRed(facts, slot, candidate, excerpt);',
    replacement: 'return judgeTwiceRed(facts, slot, candidate, excerpt);',
    breaks: 'nobody is charged for a single red run',
    seed: 8,
  },
  {
    file: 'decide/landings.ts',
    line: "startGate(facts, landing, isKnownGreen ? 'candidate' : 'trunk');",
    replacement: "startGate(facts, landing, isKnownGreen ? 'candidate' : 'candidate');",
    breaks: 'nobody is charged for a red trunk',
    seed: 22,
  },
  {
    file: 'decide/landings.ts',
    line: 'if (needsReview(facts, task)) {',
    replacement: 'if (!needsReview(facts, task)) {',
    breaks: 'weakened tests wait for the person',
    seed: 4,
  },
  {
    file: 'decide/landings.ts',
    line: "if (answer === 'landed') {",
    replacement: "if (answer !== 'failed') {",
    breaks: 'a stale answer is no landing',
    seed: 11,
  },
  {
    file: 'decide/landings.ts',
    line: 'if (landing === null || teamPaused) return;',
    replacement: 'if (landing === null) return;',
    breaks: 'nothing lands during a pause',
    seed: 1,
  },
  {
    file: 'decide/schedule.ts',
    line: "if (landing !== null || teamPaused || trunk.gate === 'red') return;",
    replacement: "if (teamPaused || trunk.gate === 'red') return;",
    breaks: 'one landing at a time',
    seed: 1,
  },
  {
    file: 'decide/schedule.ts',
    line: 'if (keptBy(facts.state, task, facts.at) !== null) continue;',
    replacement: '',
    breaks: 'what is paused, escalated, waiting or overlapping is not dispatched',
    seed: 1,
  },
  {
    file: 'decide/messages.ts',
    line: 'if (!isTaking || agent.question !== null) return;',
    replacement: 'if (agent.question !== null) return;',
    breaks: 'nothing is typed into an agent that works',
    seed: 2,
  },
  {
    file: 'decide/run.ts',
    line: 'if (task === undefined || task.assignee === null || isLandingNow(facts.state, task.id)) return;',
    replacement: 'if (task === undefined || task.assignee === null) return;',
    breaks: 'what is landing at this moment is not taken away when its engineer stops',
    seed: 203,
  },
  {
    file: 'decide/refusals.ts',
    line: 'if (takesAway(command) && isLandingNow(state, task.id))',
    replacement: 'if (takesAway(command) && state.landing === null)',
    breaks: 'what is landing at this moment cannot be dropped',
    seed: 13,
  },
  {
    file: 'decide/escalations.ts',
    line: 'const toManager = manager !== undefined && task.escalations < managerEscalationsMax;',
    replacement: 'const toManager = manager !== undefined;',
    breaks: 'the second escalation goes to the person',
    seed: 111,
  },
  {
    file: 'decide/overdue.ts',
    line: 'if (agent.deadline !== null && agent.deadline <= facts.at) overdueAgent(facts, agent);',
    replacement: '',
    breaks: 'no deadline passes unsettled',
    seed: 1,
  },
  {
    file: 'decide/index.ts',
    line: "if (state.endedCleanly && input.type !== 'run.began') return [];",
    replacement: '',
    breaks: 'nothing is recorded after the end of a run',
    seed: 16,
  },
  {
    file: 'apply/apply.ts',
    line: 'const next = shifted(state, event.at - since, gapOf);',
    replacement: 'const next = state;',
    breaks: 'a pause costs nobody time',
    seed: 1,
  },
  {
    file: 'apply/apply-landing.ts',
    line: 'return event.flaky ? counted(next, counters => ({ flaky: counters.flaky + 1 })) : next;',
    replacement: 'return next;',
    breaks: 'counters are a fold over the journal',
    seed: 15,
  },
  {
    file: 'board.ts',
    line: 'return ends.filter(id => !isMet(state, id) && !task.goesWithout?.includes(id));',
    replacement: 'return ends.filter(id => state.tasks[id] === undefined);',
    breaks: 'no task begins before what it depends on',
    seed: 1,
  },
  {
    file: 'board.ts',
    line: 'unmetDependencies(state, task).filter(id => (state.tasks[id]?.dropped ?? null) !== null);',
    replacement: 'unmetDependencies(state, task).filter(() => false);',
    breaks: 'nobody waits for ever for what was dropped',
    seed: 1,
  },
  {
    file: 'board.ts',
    line: "if (whole?.escalation?.to === 'architect')",
    replacement: 'if (whole?.escalation?.to === "person")',
    breaks: 'no part is begun before its whole is split',
    seed: 3,
  },
  {
    file: 'decide/budgets.ts',
    line: 'const grant = isOver ? raisedBudget(account, written) : budgetOf(account, written);',
    replacement: 'const grant = budgetOf(account, written);',
    breaks: 'no budget is asked about twice',
    seed: 1,
  },
  {
    file: 'decide/budgets.ts',
    line: "if (!isPaused) facts.emit({ type: 'agent.paused', agent: assignee });",
    replacement: '',
    breaks: 'nobody spends on what is used up',
    seed: 1,
  },
  {
    file: 'deadline.ts',
    line: 'due.push(agent.deadline, agent.restartAt, agent.question?.answersItselfAt ?? null);',
    replacement: 'due.push(agent.deadline, agent.question?.answersItselfAt ?? null);',
    breaks: 'the one alarm is set for whatever waits for time',
    seed: 1,
  },
  {
    file: 'recover.ts',
    line: '...landingEffect(state),',
    replacement: '',
    breaks: 'an unfinished landing goes on after a restart',
    seed: 4,
  },
  {
    file: 'mail/next-message.ts',
    line: 'const queued = [...waiting].sort((one, other) => rank(one) - rank(other));',
    replacement: 'const queued = [...waiting].sort((one, other) => rank(one) - rank(one));',
    breaks: 'what is urgent goes first',
    seed: 4,
  },
  {
    file: 'decide/tell-again.ts',
    line: 'for (const message of owedOrCut(facts.state, before)) sendAgain(facts, message);',
    replacement: 'void before;',
    breaks: 'nobody is reminded of what its session has not read',
    seed: 833,
  },
];
