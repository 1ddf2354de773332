import type { ServerResponse } from 'node:http';
import type { Conversation, Step } from './script.ts';
import { sendEvents } from './send-events.ts';

type Part = { readonly text?: string };
type Item = {
  readonly type?: string;
  readonly role?: string;
  readonly content?: string | readonly Part[];
};
type Tool = {
  readonly type: string;
  readonly name?: string;
  readonly tools?: readonly Tool[];
};
export type ResponsesBody = {
  readonly model: string;
  readonly instructions?: string;
  readonly input: string | readonly Item[];
  readonly tools?: readonly Tool[];
};

const textOf = ({ content }: Item): string =>
  typeof content === 'string' ? content : (content ?? []).map(part => part.text ?? '').join('\n');
/** What Codex itself puts between the person's messages. */
const isOwn = (text: string): boolean => /^\s*(<[a-z_]+>|# AGENTS\.md)/i.test(text);
const namesOf = (tools: readonly Tool[]): readonly string[] =>
  tools.flatMap(tool =>
    tool.tools === undefined ? [tool.name ?? tool.type] : namesOf(tool.tools),
  );

/** Responses API: platform.openai.com/docs/api-reference/responses. */
export function openaiConversation(body: ResponsesBody): Conversation {
  const items: readonly Item[] =
    typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input;
  const asked = items.findLastIndex(one => one.role === 'user' && !isOwn(textOf(one)));
  const prompt = items[asked];
  // Results of commands that ran side by side stand next to each other and answer one step.
  const later = items.slice(asked + 1).map(one => (one.type ?? '').endsWith('_output'));
  return {
    prompt: prompt === undefined ? '' : textOf(prompt),
    resultsSince: later.filter((is, index) => is && later[index - 1] !== true).length,
    tools: namesOf(body.tools ?? []),
    everything: JSON.stringify(body),
  };
}

const failures: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ['invalid_api_key', 'Incorrect API key provided.'],
  429: ['rate_limit_exceeded', 'Too many requests.'],
  500: ['server_error', 'The server had an error.'],
};

export function openaiFailure(fail: number) {
  const [code, message] = failures[fail] ?? ['server_error', 'it failed'];
  return { status: fail, body: { error: { type: code, code, message, param: null } } };
}

let serial = 0;

/** A full context is told within the stream. */
export function sendContextFailure(response: ServerResponse): Promise<boolean> {
  serial += 1;
  const id = `resp_fake_${serial}`;
  const message = 'Your input exceeds the context window of this model.';
  const error = { code: 'context_length_exceeded', message };
  return sendEvents(response, 0, [
    { type: 'response.created', response: { id, status: 'in_progress' } },
    { type: 'response.failed', response: { id, object: 'response', status: 'failed', error } },
  ]);
}

/** Resolves with whether the whole answer was taken. */
export function sendOpenai(
  response: ServerResponse,
  body: ResponsesBody,
  step: Step,
): Promise<boolean> {
  serial += 1;
  const about = { id: `resp_fake_${serial}`, object: 'response', created_at: 0, model: body.model };
  const say = step.say ?? '';
  const message = {
    ...{ id: `msg_fake_${serial}`, type: 'message', role: 'assistant', status: 'completed' },
    content: [{ type: 'output_text', text: say, annotations: [] }],
  };
  const calls = step.run === undefined ? [] : [callOf(step, body)];
  const at = { item_id: message.id, output_index: 0, content_index: 0 };
  const input_tokens = step.inputTokens ?? 3_000;
  const usage = {
    ...{ input_tokens, input_tokens_details: { cached_tokens: Math.min(2_000, input_tokens) } },
    ...{ output_tokens: 20, output_tokens_details: { reasoning_tokens: 0 } },
    total_tokens: input_tokens + 20,
  };
  return sendEvents(response, step.paceMs ?? 2, [
    { type: 'response.created', response: { ...about, status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', output_index: 0, item: { ...message, content: [] } },
    {
      ...{ type: 'response.content_part.added', ...at },
      part: { type: 'output_text', text: '', annotations: [] },
    },
    ...(say.match(/\S+\s*/g) ?? []).map(delta => ({
      ...{ type: 'response.output_text.delta', ...at, delta },
      isPaced: true,
    })),
    { type: 'response.output_text.done', ...at, text: say },
    { type: 'response.output_item.done', output_index: 0, item: message },
    ...calls.map(item => ({ type: 'response.output_item.done', output_index: 1, item })),
    {
      type: 'response.completed',
      response: { ...about, status: 'completed', output: [message, ...calls], usage },
    },
  ]);
}

/** The shell tool has another name and form in each version and mode of Codex. */
function callOf({ run = '', isEscalated, beside = {} }: Step, body: ResponsesBody) {
  const names = namesOf(body.tools ?? []);
  const call_id = `call_fake_${serial}`;
  const escalation = isEscalated
    ? {
        ...{ sandbox_permissions: 'require_escalated', justification: 'The script wants it.' },
        ...beside,
      }
    : beside;
  const call = (name: string, args: object) => ({
    ...{ type: 'function_call', id: `fc_fake_${serial}`, call_id, name, status: 'completed' },
    arguments: JSON.stringify(args),
  });
  if (names.includes('exec_command')) return call('exec_command', { cmd: run, ...escalation });
  if (names.includes('shell_command'))
    return call('shell_command', { command: run, ...escalation });
  if (names.includes('exec'))
    return {
      ...{ type: 'custom_tool_call', id: `ctc_fake_${serial}`, call_id, name: 'exec' },
      ...{ status: 'completed', input: execCode(run, escalation) },
    };
  return call('shell', { command: ['sh', '-c', run], ...escalation });
}

const execCode = (cmd: string, escalation: object): string =>
  `const r = await tools.exec_command(${JSON.stringify({ cmd, ...escalation })});\n` +
  'text(r.output ?? JSON.stringify(r));';
