// Claude Code may run what an agent says to Belfry unasked, and nothing that comes along with it.
import { afterEach, expect, test } from 'vitest';
import { AgentStage, isFirstDialog } from './support/agent-stage.ts';
import { pinnedClis, programOf } from './support/pinned-clis.ts';
import { oneEngineer } from './support/teams.ts';

let stage: AgentStage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
}, 30_000);

const alone = `belfry note --to manager "it isn't clear what an answer is"`;
const withMore = [
  'belfry note --to manager "$(touch a)"',
  'belfry note --to manager `touch b`',
  'belfry note --to manager c && touch c',
  'belfry note --to manager d; touch d',
  'belfry note --to manager e > e',
  'belfry note --to manager f | tee f',
  'PATH=.:$PATH belfry note --to manager g',
  'belfry() { touch h; }; belfry note',
  'belfry demo --folder i',
];

for (const cli of pinnedClis.filter(({ name }) => name === 'claude'))
  test.skipIf(programOf(cli) === null)(
    `Claude Code ${cli.version} asks for what stands beside a word to Belfry`,
    async () => {
      const steps = [alone, ...withMore, alone].map(run => ({ say: 'Next.', run }));
      const at = await AgentStage.create({
        ...{ team: oneEngineer('claude', 'ask'), clis: [cli] },
        script: () => [...steps, { say: 'That was all.' }],
      });
      stage = at;
      at.addTask(1, 'Write answer.txt');
      await at.open();
      const asked = new Map<string, string>();
      await at.until(
        'all were run',
        () => {
          const { question, id: agent } = at.agent('eng-1');
          if (question !== null && !isFirstDialog(question.text) && !asked.has(question.id)) {
            asked.set(question.id, question.text);
            void at.store.command({
              ...{ type: 'agent.answer', agent, question: question.id, answer: 'yes' },
            });
          }
          return at.model.requests.length > steps.length;
        },
        240_000,
      );
      const texts = [...asked.values()];
      expect(texts.filter(text => !withMore.includes(text))).toEqual([]);
      expect(new Set(texts)).toEqual(new Set(withMore));
    },
    300_000,
  );
