import type { ServerResponse } from 'node:http';
import type { Conversation, Step } from './script.ts';
import { sendEvents } from './send-events.ts';

type Part = { readonly text?: string; readonly functionResponse?: unknown };
type Content = { readonly role?: string; readonly parts?: readonly Part[] };
type Tools = { readonly functionDeclarations?: readonly { readonly name: string }[] };
export type GeminiBody = {
  readonly contents?: readonly Content[];
  readonly tools?: readonly Tools[];
  readonly generationConfig?: { readonly responseMimeType?: string };
};

const partsOf = ({ parts = [] }: Content): readonly Part[] => parts;
/**
 * What Gemini CLI itself puts before the person's first prompt is left out. What was typed after an interrupted
 * tool can stand behind its result.
 */
const typedIn = (content: Content): string =>
  partsOf(content)
    .slice(partsOf(content).findLastIndex(part => part.functionResponse !== undefined) + 1)
    .map(part => part.text ?? '')
    .filter(text => !text.startsWith('<session_context>'))
    .join('\n')
    .trim();
const isResult = (content: Content) =>
  partsOf(content).some(part => part.functionResponse !== undefined);

/** Gemini API: ai.google.dev/api/generate-content. */
export function geminiConversation(body: GeminiBody): Conversation {
  const { contents = [], tools = [] } = body;
  const asked = contents.findLastIndex(one => one.role === 'user' && typedIn(one) !== '');
  const prompt = contents[asked];
  return {
    prompt: prompt === undefined ? '' : typedIn(prompt),
    resultsSince: contents.slice(asked + 1).filter(isResult).length,
    tools: tools.flatMap(tool => (tool.functionDeclarations ?? []).map(({ name }) => name)),
    everything: JSON.stringify(body),
  };
}

const failures: Readonly<Record<number, readonly [status: string, message: string]>> = {
  401: ['UNAUTHENTICATED', 'API key not valid. Please pass a valid API key.'],
  429: ['RESOURCE_EXHAUSTED', 'Too many requests.'],
  500: ['INTERNAL', 'An internal error has occurred.'],
};

export function geminiFailure(fail: number | 'context') {
  const code = fail === 'context' ? 400 : fail;
  const [status, message] =
    fail === 'context'
      ? [
          'INVALID_ARGUMENT',
          'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
        ]
      : (failures[fail] ?? ['INTERNAL', 'it failed']);
  return { status: code, body: { error: { code, message, status } } };
}

let serial = 0;

/** Resolves with whether the whole answer was taken. */
export function sendGemini(
  response: ServerResponse,
  body: GeminiBody,
  step: Step,
  isStreamed: boolean,
): Promise<boolean> {
  serial += 1;
  const wantsJson = body.generationConfig?.responseMimeType === 'application/json';
  // What chooses a model for a turn, or says who speaks next, is answered in its own form.
  const say = wantsJson ? JSON.stringify(errand) : (step.say ?? '');
  const calls =
    step.run === undefined
      ? []
      : [
          {
            functionCall: {
              ...{ id: `call_fake_${serial}`, name: 'run_shell_command' },
              args: { command: step.run, description: 'a step of the script' },
            },
          },
        ];
  const promptTokenCount = step.inputTokens ?? 3_000;
  const usageMetadata = {
    ...{ promptTokenCount, cachedContentTokenCount: Math.min(2_000, promptTokenCount) },
    ...{ candidatesTokenCount: 20, totalTokenCount: promptTokenCount + 20 },
  };
  const chunk = (parts: readonly object[], finishReason?: string) => ({
    candidates: [{ index: 0, content: { role: 'model', parts }, finishReason }],
    ...{ usageMetadata, modelVersion: 'gemini-fake', responseId: `resp_fake_${serial}` },
  });
  if (!isStreamed) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(chunk([{ text: say }, ...calls], 'STOP')));
    return Promise.resolve(true);
  }
  return sendEvents(response, step.paceMs ?? 2, [
    ...(say.match(/\S+\s*/g) ?? []).map(text => ({ ...chunk([{ text }]), isPaced: true })),
    chunk(calls.length > 0 ? calls : [{ text: '' }], 'STOP'),
  ]);
}

const errand = {
  ...{ reasoning: 'It is simple.', next_speaker: 'user', model_choice: 'flash', summary: 'A test' },
  ...{ complexity_reasoning: 'It is simple.', complexity_score: 10 },
};
