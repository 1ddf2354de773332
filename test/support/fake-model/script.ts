/** One answer of the fake model. */
export type Step = {
  readonly say?: string;
  /** A shell command that the agent CLI shall run; its result comes back before the next step. */
  readonly run?: string;
  /** Another tool of Claude Code that it shall use instead, by its name. */
  readonly call?: { readonly name: string; readonly input: object };
  /** Asks the agent CLI to run it outside its sandbox. */
  readonly isEscalated?: boolean;
  /** Further arguments of the tool that runs it: what a model of Codex may choose beside the command. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** Between two words of what it says. */
  readonly paceMs?: number;
  /** Fails with this HTTP status; `context`: the prompt is too long for the model. */
  readonly fail?: number | 'context';
  /** With it: the limit of a subscription to Claude that is reached, and when it ends, in seconds since 1970. */
  readonly limit?: { readonly kind: 'five_hour' | 'seven_day'; readonly endsAt: number };
  /** So often, then the step succeeds. Left out: always. */
  readonly failTimes?: number;
  /** The model refuses to go on, behind what it says. Of Anthropic's form alone. */
  readonly isRefused?: boolean;
  /** Tokens that this request is said to have had. */
  readonly inputTokens?: number;
};

/**
 * The steps that answer a prompt, one for each result of a command that came back since. What those results say
 * is in `everything` of the conversation.
 */
export type Script = (prompt: string, conversation: Conversation) => readonly Step[];

/** What a request of any provider's form comes down to. */
export type Conversation = {
  /** The newest prompt that a person, or Belfry, typed. */
  readonly prompt: string;
  readonly resultsSince: number;
  readonly tools: readonly string[];
  /** All that the model was told, for tests that look for something in it. */
  readonly everything: string;
};

export type FakeRequest = Conversation & {
  readonly provider: 'anthropic' | 'openai' | 'gemini';
  /** The agent CLI closed the connection before the answer was over. */
  isCut: boolean;
};

export const answersAfter = (steps: readonly Step[], results: number): Step =>
  steps[Math.min(results, steps.length - 1)] ?? { say: 'Nothing to do.' };
