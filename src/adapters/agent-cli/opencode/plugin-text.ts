import { ownCommandPattern } from '../own-commands.ts';

/** Events of which opencode's plugins are told; 1.18.33 has some forty more. */
const told = [
  ...['session.created', 'session.updated', 'session.status', 'session.idle', 'session.error'],
  ...['permission.asked', 'permission.replied', 'message.updated'],
  ...['question.asked', 'question.replied', 'question.rejected'],
];
/** Members that can be large or hold what was written, and tell nothing of the state. */
const omitted = ['summary', 'diff', 'responseBody', 'responseHeaders'];

const own = `^${ownCommandPattern}$`;

/**
 * A plugin that appends the events of the session to a file, and how large the context window is of the model
 * that is asked. It says yes where opencode asks for a word to Belfry, which its permissions by pattern could not:
 * they see no assignment beside a command. It changes nothing else, and a full disk does not reach the turn.
 */
export const pluginText = (eventFile: string): string => `import { appendFileSync } from 'node:fs';
const told = new Set(${JSON.stringify(told)});
const omitted = new Set(${JSON.stringify(omitted)});
const tell = event => {
  try {
    const text = JSON.stringify({ at: Date.now(), ...event }, (key, value) => (omitted.has(key) ? undefined : value));
    appendFileSync(${JSON.stringify(eventFile)}, text + '\\n');
  } catch {}
};
const own = new RegExp(${JSON.stringify(own)});
const allowed = async (client, { type, properties: asked }) => {
  if (type !== 'permission.asked' || asked.permission !== 'bash') return false;
  if (!own.test(JSON.stringify(asked.metadata?.command) ?? '')) return false;
  try {
    const path = { id: asked.sessionID, permissionID: asked.id };
    const { error } = await client.postSessionIdPermissionsPermissionId({ path, body: { response: 'once' } });
    return error === undefined;
  } catch {
    return false;
  }
};
export const Belfry = async ({ client }) => ({
  event: async ({ event }) => {
    if (told.has(event.type) && !(await allowed(client, event))) tell(event);
  },
  'chat.params': async ({ sessionID, model }) => {
    tell({ type: 'belfry.model', properties: { sessionID, window: model?.limit?.context } });
  },
});
`;
