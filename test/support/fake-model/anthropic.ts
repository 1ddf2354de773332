import type { ServerResponse } from 'node:http';
import type { Conversation, Step } from './script.ts';
import { sendEvents } from './send-events.ts';

type Block = { readonly type: string; readonly text?: string };
type Message = { readonly role: string; readonly content: string | readonly Block[] };
export type AnthropicBody = {
  readonly model: string;
  readonly system?: string | readonly Block[];
  readonly messages: readonly Message[];
  readonly tools?: readonly { readonly name: string }[];
  readonly stream?: boolean;
};

const blocksOf = ({ content }: Message): readonly Block[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
const textIn = (blocks: readonly Block[]): string =>
  blocks
    .flatMap(block => (block.type === 'text' ? [block.text ?? ''] : []))
    .join('\n')
    .replace(/<system-reminder>[\s\S]*?<\/system-reminder>/g, '')
    .trim();
const isResult = (message: Message) => blocksOf(message).some(one => one.type === 'tool_result');
/** What was typed after an interrupted tool can stand in one message with its result, behind it. */
const typedIn = (message: Message): string => {
  const blocks = blocksOf(message);
  return textIn(blocks.slice(blocks.findLastIndex(one => one.type === 'tool_result') + 1));
};

/** Messages API: docs.anthropic.com/en/api/messages. */
export function anthropicConversation(body: AnthropicBody): Conversation {
  const asked = body.messages.findLastIndex(one => one.role === 'user' && typedIn(one) !== '');
  const prompt = body.messages[asked];
  return {
    prompt: prompt === undefined ? '' : typedIn(prompt),
    resultsSince: body.messages.slice(asked + 1).filter(isResult).length,
    tools: (body.tools ?? []).map(tool => tool.name),
    everything: JSON.stringify(body),
  };
}

const failures: Readonly<Record<number, readonly [type: string, message: string]>> = {
  401: ['authentication_error', 'invalid x-api-key'],
  429: ['rate_limit_error', 'Too many requests.'],
  500: ['api_error', 'Internal server error'],
  529: ['overloaded_error', 'Overloaded'],
};

export function anthropicFailure(fail: number | 'context') {
  const [type, message] =
    fail === 'context'
      ? ['invalid_request_error', 'prompt is too long: 215000 tokens > 200000 maximum']
      : (failures[fail] ?? ['api_error', 'it failed']);
  return {
    status: fail === 'context' ? 400 : fail,
    body: { type: 'error', error: { type, message } },
  };
}

/** Headers by which a subscription tells its limits; seen in what Claude Code 2.1.330 reads. */
export const limitHeaders = ({ limit }: Step): Readonly<Record<string, string>> => {
  if (limit === undefined) return {};
  const unified = {
    ...{ status: 'rejected', reset: String(limit.endsAt), 'representative-claim': limit.kind },
  };
  const told = Object.entries(unified).map(([name, value]) => [
    ...[`anthropic-ratelimit-unified-${name}`, value],
  ]);
  return { 'x-should-retry': 'false', ...Object.fromEntries(told) };
};

let serial = 0;

/** Resolves with whether the whole answer was taken. */
export function sendAnthropic(
  response: ServerResponse,
  body: AnthropicBody,
  step: Step,
): Promise<boolean> {
  serial += 1;
  const id = `msg_fake_${serial}`;
  const usage = {
    input_tokens: step.inputTokens ?? 1_000,
    cache_read_input_tokens: step.inputTokens === undefined ? 2_000 : 0,
    cache_creation_input_tokens: 0,
    output_tokens: 20,
  };
  const shell = step.run === undefined ? [] : [{ name: shellOf(body), input: bash(step) }];
  const tool = (step.call === undefined ? shell : [step.call]).map(call => ({
    ...{ type: 'tool_use', id: `toolu_fake_${serial}`, ...call },
  }));
  const stop_reason =
    step.isRefused === true ? 'refusal' : tool.length > 0 ? 'tool_use' : 'end_turn';
  const say = step.say ?? '';
  const message = { id, type: 'message', role: 'assistant', model: body.model };
  if (body.stream !== true) {
    const content = [{ type: 'text', text: say }, ...tool];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...message, content, stop_reason, usage }));
    return Promise.resolve(true);
  }
  const words = say.match(/\S+\s*/g) ?? [];
  return sendEvents(response, step.paceMs ?? 2, [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...words.map(text => ({
      ...{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
      isPaced: true,
    })),
    { type: 'content_block_stop', index: 0 },
    ...tool.flatMap(({ input, ...rest }) => [
      { type: 'content_block_start', index: 1, content_block: { ...rest, input: {} } },
      {
        ...{ type: 'content_block_delta', index: 1 },
        delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
      },
      { type: 'content_block_stop', index: 1 },
    ]),
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: 20 },
    },
    { type: 'message_stop' },
  ]);
}

/** Claude Code and opencode write it differently. */
const shellOf = ({ tools = [] }: AnthropicBody): string =>
  tools.find(({ name }) => /^bash$/i.test(name))?.name ?? 'Bash';

const bash = ({ run }: Step) => ({ command: run, description: 'a step of the script' });
