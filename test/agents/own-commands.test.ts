// An agent CLI may run what an agent says to Belfry unasked, and nothing that comes along with it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Step } from '../support/fake-model/script.ts';
import { AgentStage, isFirstDialog } from './support/agent-stage.ts';
import { pinnedClis, programOf } from './support/pinned-clis.ts';
import { oneEngineer } from './support/teams.ts';

let stage: AgentStage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
}, 30_000);

const alone = [
  `belfry note --to manager "it isn't clear what an answer is"`,
  `belfry note --to=manager 'he said "so" (and; more)'`,
];
const withMore = [
  'belfry note --to manager "$(touch a)"',
  'belfry note --to manager `touch b`',
  'belfry note --to manager c && touch c',
  'belfry note --to manager d; touch d',
  'belfry note --to manager e > e',
  'belfry note --to manager f | tee f',
  'PATH=.:$PATH belfry note --to manager g',
  'belfry() { touch h; }; belfry note',
  'belfry status i',
  'PATH=.:$PATH; belfry note --to manager j',
  'belfry note --to manager k &\ntouch k',
];
/**
 * Codex runs all of it in its sandbox unasked, until it is asked to leave the sandbox. What its model may choose
 * beside the command is not told to its hook: a shell of the model's own must not be what runs a word to Belfry.
 */
const stepOf = (run: string): Step => ({
  ...{ say: 'Next.', run, isEscalated: true },
  beside: { shell: ownShell(), login: false, prefix_rule: ['touch'] },
});
const ownShell = () => join(stage?.home ?? '', 'bash');
const ownShellRan = () => join(stage?.home ?? '', 'own-shell-ran');

/** Of several lines, some show the first alone, or all as one. */
const isShown = (command: string, text: string) =>
  [command.replaceAll('\n', ' '), command.split('\n')[0]].includes(text);

for (const cli of pinnedClis)
  test.skipIf(programOf(cli) === null)(
    `${cli.name} ${cli.version} asks for what stands beside a word to Belfry`,
    async () => {
      const commands = [...alone, ...withMore, ...alone];
      const at = await AgentStage.create({
        ...{ team: oneEngineer(cli.name, 'ask'), clis: [cli] },
        script: () => [...commands.map(stepOf), { say: 'That was all.' }],
      });
      stage = at;
      const shell = `#!/bin/sh\ntouch '${ownShellRan()}'\nexec /bin/sh "$@"\n`;
      writeFileSync(ownShell(), shell, { mode: 0o755 });
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
          return at.model.requests.length > commands.length;
        },
        400_000,
      );
      expect(existsSync(ownShellRan())).toBe(false);
      // It was run, and not denied unasked.
      expect(readFileSync(at.stateFolder.journal, 'utf8')).toContain('(and; more)');
      const texts = [...asked.values()];
      expect(texts.filter(text => !withMore.some(one => isShown(one, text)))).toEqual([]);
      expect(withMore.filter(one => !texts.some(text => isShown(one, text)))).toEqual([]);
    },
    460_000,
  );
