import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Observation } from '../../src/core/input.ts';
import { gateFaultDelayMs, recordBytesMax } from '../../src/core/limits.ts';
import type { Claim } from '../../src/core/mail/judge-claim.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { recordedFiles } from '../../src/core/record/recorded-files.ts';
import { Supervisor } from '../../src/supervisor/supervisor.ts';
import { insteadOf } from '../../src/supervisor/too-large.ts';
import { plainContent } from '../contract/plain-content.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MemoryJournal } from '../support/memory-journal.ts';
import { TeamDriver } from '../support/team-driver.ts';

const oid = (digit: string) => digit.repeat(40) as Oid;

const architect = 'architect' as AgentId;
const began: Extract<Observation, { type: 'run.began' }> = {
  type: 'run.began',
  trunk: 'main',
  head: '1'.repeat(40) as Oid,
  team: [{ agent: architect, role: 'architect', cli: 'scripted' }],
};

/** As the real clock: a jump is noticed by whoever reads it first. */
class ReadClock extends FakeClock {
  onRead: (() => void) | null = null;

  override now(): number {
    const tell = this.onRead;
    this.onRead = null;
    tell?.();
    return super.now();
  }
}

/** A supervisor on a journal in memory that notes what happens in which order. */
function open(recovered: readonly Event[] = [], clock = new FakeClock()) {
  const journal = new MemoryJournal(recovered);
  const seen: string[] = [];
  const supervisor = new Supervisor({ clock, journal }, defaultPolicy, {
    perform: effect => seen.push(`${effect.type} after ${journal.events.length} facts`),
    fail: error => seen.push(`failed: ${error instanceof Error ? error.name : error}`),
  });
  return { clock, journal, seen, supervisor };
}

describe('a turn', () => {
  it('makes facts durable before anybody sees them or acts on them', async () => {
    const { journal, seen, supervisor } = open();
    supervisor.store.subscribe(() => {
      const { agents } = supervisor.store.state;
      seen.push(`${Object.keys(agents).length} agents after ${journal.events.length} facts`);
    });
    await supervisor.resume(began);
    const facts = journal.events.length;
    expect(facts).toBeGreaterThan(0);
    expect(seen).toContain(`1 agents after ${facts} facts`);
    expect(seen).toContain(`launchAgent after ${facts} facts`);
    expect(seen.filter(one => !one.endsWith(`after ${facts} facts`))).toEqual([
      '0 agents after 0 facts',
    ]);
  });

  it('keeps nothing of the journal but what it folded', async () => {
    const { journal, supervisor } = open([{ at: 1, type: 'team.paused' }]);
    await supervisor.resume(began);
    expect(supervisor.store.state.teamPaused).toBe(true);
    expect(journal.recovered).toEqual([]);
  });

  it('answers a command after its facts are durable, and a refused one with the reason', async () => {
    const { journal, supervisor } = open();
    await supervisor.resume(began);
    expect(await supervisor.command({ type: 'team.pause' })).toBeNull();
    expect(journal.events.at(-1)?.type).toBe('team.paused');
    expect(await supervisor.command({ type: 'team.pause' })).toBe('the team is paused already');
  });

  it('answers a claim with why it comes too late, and takes none when the run is over', async () => {
    const { supervisor } = open();
    await supervisor.resume(began);
    const claim: Claim = {
      ...{ type: 'agent.claimedBlocked', agent: 'eng-1' as AgentId, task: 'T-1' as TaskId },
      ...{ attempt: 1, why: 'no key' },
    };
    expect(await supervisor.claim(claim)).toEqual({
      ...{ counts: false, isAccepted: false, text: 'there is no task T-1' },
    });
    await supervisor.end();
    await expect(supervisor.claim(claim)).rejects.toThrow('the run is over');
  });

  it('sets one alarm, for the next deadline', async () => {
    const { clock, journal, supervisor } = open();
    await supervisor.resume(began);
    expect(clock.nextAlarm).toBe(clock.now() + defaultPolicy.startTimeoutMs);
    clock.advance(defaultPolicy.startTimeoutMs);
    await supervisor.observe({ type: 'time.passed' });
    expect(journal.events.map(event => event.type)).toContain('agent.exited');
  });

  it('hears that the clock jumped before it judges by the new time', async () => {
    const clock = new ReadClock();
    const { journal, supervisor } = open([], clock);
    await supervisor.resume(began);
    const gapMs = 2 * 60 * 60_000;
    clock.jump(gapMs);
    clock.onRead = () => void supervisor.observe({ type: 'clock.jumped', gapMs });
    await supervisor.observe({ type: 'agent.progressed', agent: architect });
    const types = journal.events.map(event => event.type);
    expect(types.at(-1)).toBe('clock.jumped');
    expect(types).not.toContain('agent.exited');
  });

  it('gives the same state when the journal is folded again', async () => {
    const first = open();
    await first.supervisor.resume(began);
    await first.supervisor.command({ type: 'agent.pause', agent: architect });
    await first.supervisor.end();
    const second = open(first.journal.events);
    let folded: unknown = null;
    second.supervisor.store.subscribe(() => {
      folded ??= second.supervisor.store.state;
    });
    await second.supervisor.resume(began);
    expect(folded).toEqual(first.supervisor.store.state);
  });
});

it('remembers what happened before a restart, however much chatter came after it', async () => {
  const joined: Event = {
    ...{ type: 'agent.joined', agent: architect, role: 'architect', cli: 'scripted', at: 1 },
  };
  const looked = (at: number): Event => ({
    ...{ type: 'agent.looked', agent: architect, status: 'working', reason: 'test' },
    ...{ deadline: null, at },
  });
  const chatter = Array.from({ length: 1_000 }, (_, count) => looked(count + 2));
  const { supervisor } = open([joined, ...chatter]);
  await supervisor.resume(began);
  expect(supervisor.store.recentEvents[0]).toEqual(joined);
});

describe('the end', () => {
  it('is the last fact: nothing is decided after it, and no alarm is left', async () => {
    const { clock, journal, supervisor } = open();
    await supervisor.resume(began);
    await supervisor.end();
    expect(await supervisor.observe({ type: 'time.passed' })).toBe(false);
    expect(await supervisor.command({ type: 'team.pause' })).toBe('the run is over');
    expect(journal.events.at(-1)?.type).toBe('run.ended');
    expect(clock.nextAlarm).toBeNull();
    await supervisor.end();
    expect(journal.events.filter(event => event.type === 'run.ended')).toHaveLength(1);
  });

  it('comes at once when the journal dies: nothing is shown, done or promised', async () => {
    const { clock, journal, seen, supervisor } = open();
    await supervisor.resume(began);
    const before = supervisor.store.state;
    journal.die();
    seen.length = 0;
    expect(await supervisor.command({ type: 'team.pause' })).toBe('the run is over');
    expect(seen).toEqual(['failed: JournalDeadError']);
    expect(supervisor.store.state).toBe(before);
    expect(await supervisor.observe({ type: 'time.passed' })).toBe(false);
    expect(clock.nextAlarm).toBeNull();
  });
});

describe('a fact that is too large', () => {
  const huge = { ...began, trunk: 'x'.repeat(recordBytesMax) };

  it('drops the one input that it came from, with a notice, and the run goes on', async () => {
    const { journal, seen, supervisor } = open();
    await supervisor.resume(began);
    const [refused, paused, resumed] = await Promise.all([
      supervisor.observe(huge),
      supervisor.command({ type: 'team.pause' }),
      supervisor.observe({ ...huge, trunk: 'main' }),
    ]);
    expect([refused, paused, resumed]).toEqual([false, null, true]);
    expect(seen).not.toContainEqual(expect.stringMatching(/^failed/));
    expect(supervisor.store.notices).toEqual([expect.stringMatching(/^run\.began is left out/)]);
    expect(journal.events.map(({ type }) => type)).toContain('team.paused');
    expect(await supervisor.command({ type: 'team.resume' })).toBeNull();
  });

  it('does not stop the next start', async () => {
    const { seen, supervisor } = open();
    await supervisor.resume(huge);
    expect(await supervisor.observe(began)).toBe(true);
    expect(seen).not.toContainEqual(expect.stringMatching(/^failed/));
  });

  it('of a merge result makes a fault, and the next start builds it again', async () => {
    const driver = new TeamDriver(1);
    driver.addTasks({ 'T-1': { ...plainContent, dependsOn: [] } });
    driver.claim('T-1');
    const files = Array.from(
      { length: 10_000 },
      (_, n) => `a folder with a long name/file ${n}.ts`,
    );
    const candidate = {
      ...{ base: oid('a'), head: oid('b'), commit: oid('c'), tree: oid('d') },
      ...{ files, linesAdded: 1, linesRemoved: 0 },
    };
    const built = {
      type: 'candidate.built',
      task: 'T-1' as TaskId,
      attempt: 1,
      risks: [],
    } as const;
    const crew: typeof began = {
      ...began,
      head: oid('a'),
      team: Object.values(driver.state.agents).map(({ id: agent, role, cli }) => ({
        agent,
        role,
        cli,
      })),
    };
    const first = open(driver.events);
    await first.supervisor.resume(crew);
    expect(await first.supervisor.observe({ ...built, candidate })).toBe(false);
    // A turn later what was observed in its place is durable.
    await first.supervisor.observe({ type: 'time.passed' });
    expect(first.supervisor.store.state.landing?.faults).toBe(1);
    const second = open(first.journal.events);
    second.clock.advance(gateFaultDelayMs * 2);
    await second.supervisor.resume(crew);
    await second.supervisor.observe({ type: 'time.passed' });
    expect(second.seen).toContainEqual(expect.stringMatching(/^buildCandidate/));
    const fitting = { ...candidate, ...recordedFiles(files) };
    expect(await second.supervisor.observe({ ...built, candidate: fitting })).toBe(true);
    expect([...first.seen, ...second.seen]).not.toContainEqual(expect.stringMatching(/^failed/));
  });

  it('leaves the landing slot no answer outstanding', () => {
    const candidate = { type: 'candidate.conflicted', task: 'T-1', attempt: 2, files: [] };
    expect(insteadOf(candidate as never, 'too large')).toEqual({
      ...{ type: 'candidate.failed', task: 'T-1', attempt: 2, reason: 'too large' },
    });
    expect(insteadOf({ type: 'time.passed' }, 'too large')).toBeNull();
  });
});
