import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AnthropicBody,
  anthropicConversation,
  anthropicFailure,
  limitHeaders,
  sendAnthropic,
} from './anthropic.ts';
import { type GeminiBody, geminiConversation, geminiFailure, sendGemini } from './gemini.ts';
import {
  openaiConversation,
  openaiFailure,
  type ResponsesBody,
  sendContextFailure,
  sendOpenai,
} from './openai.ts';
import {
  answersAfter,
  type Conversation,
  type FakeRequest,
  type Script,
  type Step,
} from './script.ts';

export type FakeModel = {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Requests of turns, in order. */
  readonly requests: readonly FakeRequest[];
  /** The agent CLIs' own errands, for titles and summaries: they cost, too. */
  readonly errands: readonly Conversation[];
  close(): Promise<void>;
};

/**
 * A model provider on the loopback interface that plays a script: Anthropic's Messages, OpenAI's Responses and
 * Gemini's generateContent.
 * Requests without tools are the CLI's own errands and get a plain answer.
 */
export async function startFakeModel(script: Script): Promise<FakeModel> {
  const requests: FakeRequest[] = [];
  const errands: Conversation[] = [];
  const failures = new Map<string, number>();
  const stepFor = (conversation: Conversation): Step => {
    const { prompt, resultsSince } = conversation;
    const step = answersAfter(script(prompt, conversation), resultsSince);
    if (step.fail === undefined) return step;
    const key = `${resultsSince} ${prompt}`;
    const count = (failures.get(key) ?? 0) + 1;
    failures.set(key, count);
    if (count <= (step.failTimes ?? Number.POSITIVE_INFINITY)) return step;
    const { fail: _over, ...succeeds } = step;
    return succeeds;
  };
  const answer = async (path: string, body: unknown, response: ServerResponse): Promise<void> => {
    const provider = providerAt(path);
    const { conversationOf, failureOf, send } = forms[provider];
    const conversation = conversationOf(body);
    const isErrand = conversation.tools.length === 0;
    const step = isErrand ? { say: 'fine' } : stepFor(conversation);
    const request: FakeRequest = { ...conversation, provider, isCut: false };
    if (isErrand) errands.push(conversation);
    else requests.push(request);
    const failed = step.fail === undefined ? null : failureOf(step.fail);
    if (failed !== null) return sendJson(response, failed.status, failed.body, limitHeaders(step));
    request.isCut = !(await send(response, body, step, path));
  };
  const server = createServer((request, response) => {
    void readBody(request).then(body => {
      const path = new URL(request.url ?? '/', 'http://fake').pathname;
      if (path.endsWith('/count_tokens')) return sendJson(response, 200, { input_tokens: 1_000 });
      if (path.endsWith(':countTokens')) return sendJson(response, 200, { totalTokens: 1_000 });
      if (/\/v1\/(messages|responses)$|:(stream)?generateContent$/i.test(path))
        return answer(path, body, response);
      return sendJson(response, 404, { error: { message: 'not here' } });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    errands,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What one provider's form makes of a request, a failure (null: it is told within the answer) and an answer. */
type Form = {
  conversationOf(body: unknown): Conversation;
  failureOf(fail: number | 'context'): { readonly status: number; readonly body: unknown } | null;
  send(response: ServerResponse, body: unknown, step: Step, path: string): Promise<boolean>;
};

const forms: Readonly<Record<FakeRequest['provider'], Form>> = {
  anthropic: {
    conversationOf: body => anthropicConversation(body as AnthropicBody),
    failureOf: anthropicFailure,
    send: (response, body, step) => sendAnthropic(response, body as AnthropicBody, step),
  },
  openai: {
    conversationOf: body => openaiConversation(body as ResponsesBody),
    failureOf: fail => (fail === 'context' ? null : openaiFailure(fail)),
    send: (response, body, step) =>
      step.fail === 'context'
        ? sendContextFailure(response)
        : sendOpenai(response, body as ResponsesBody, step),
  },
  gemini: {
    conversationOf: body => geminiConversation(body as GeminiBody),
    failureOf: geminiFailure,
    send: (response, body, step, path) =>
      sendGemini(response, body as GeminiBody, step, /:streamGenerateContent$/.test(path)),
  },
};

function providerAt(path: string): FakeRequest['provider'] {
  if (/generateContent$/i.test(path)) return 'gemini';
  return path.endsWith('/v1/messages') ? 'anthropic' : 'openai';
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}
