import type { Sign, Signal } from '../../../ports/agent-cli.ts';
import { countOf, type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';
import { busy, over, sign, signal } from '../signs.ts';
import { SessionUsage } from './session-usage.ts';
import { askedSign, errorSign, retrySign } from './state-signs.ts';

/** Subagents of one session that are told apart from it. */
const partsMax = 1_000;

/**
 * Reads the events that the plugin wrote. opencode chooses the id of a session itself and tells it when the
 * first prompt comes: `onSession` hears it. Sessions of subagents have no state of their own here, but their
 * questions are the session's, and what they use counts.
 */
export function createEventParser(
  onSession: (id: string) => void,
): (line: string) => readonly Signal[] {
  const reader = new EventReader(onSession);
  return line => {
    const event = parseObject(line);
    const properties = objectOf(event?.['properties']);
    return properties === null
      ? []
      : reader.read(textOf(event?.['type']) ?? '', properties, countOf(event?.['at']));
  };
}

class EventReader {
  readonly #onSession: (id: string) => void;
  readonly #usage = new SessionUsage();
  readonly #parts = new Set<string>();
  /** What it asks at this moment, by id. */
  readonly #asked = new Map<string, Sign>();
  #turn: Sign | null = null;
  #failure: Sign | null = null;
  #prompt = '';

  constructor(onSession: (id: string) => void) {
    this.#onSession = onSession;
  }

  /** `at`: when it was told, in milliseconds since 1970. */
  read(type: string, properties: JsonObject, at: number | null): readonly Signal[] {
    const id = textOf(properties['sessionID']) ?? '';
    const info = objectOf(properties['info']) ?? {};
    switch (type) {
      case 'session.created':
      case 'session.updated':
        return this.#session(textOf(info['id']) ?? id, info, type === 'session.created');
      case 'session.status':
        return this.#parts.has(id) ? [] : this.#status(objectOf(properties['status']) ?? {}, at);
      case 'session.idle':
        return this.#parts.has(id) ? [] : this.#status({ type: 'idle' }, at);
      case 'session.error':
        if (this.#parts.has(id)) return [];
        this.#failure = errorSign(objectOf(properties['error']) ?? {});
        return [];
      case 'message.updated':
        return this.#parts.has(id) ? [] : this.#message(info);
      case 'belfry.model':
        if (!this.#parts.has(id)) this.#usage.windowIs(properties['window']);
        return [];
      case 'permission.asked':
      case 'question.asked':
        this.#asked.set(textOf(properties['id']) ?? '', askedSign(type, properties));
        return this.#said();
      case 'permission.replied':
      case 'question.replied':
      case 'question.rejected':
        this.#asked.delete(textOf(properties['requestID'] ?? properties['permissionID']) ?? '');
        return this.#said();
      default:
        return [];
    }
  }

  #session(id: string, info: JsonObject, isNew: boolean): readonly Signal[] {
    if (textOf(info['parentID']) !== null) {
      if (this.#parts.size < partsMax) this.#parts.add(id);
    } else if (isNew) this.#onSession(id);
    return this.#usage.sessionTold(id, info);
  }

  #status(status: JsonObject, at: number | null): readonly Signal[] {
    switch (status['type']) {
      case 'busy':
        this.#failure = null;
        this.#turn = sign('working', busy, 'busy');
        return this.#said();
      case 'retry':
        this.#turn = retrySign(status, at);
        return this.#said();
      case 'idle':
        this.#asked.clear();
        this.#turn = this.#failure ?? sign('idle', over, 'idle');
        return this.#said();
      default:
        return [];
    }
  }

  /** A message is told again and again while it grows. */
  #message(info: JsonObject): readonly Signal[] {
    if (info['role'] !== 'user') return this.#usage.messageTold(info);
    const id = textOf(info['id']) ?? '';
    // Ids ascend: an old message whose summary changed is no new prompt.
    if (id <= this.#prompt) return [];
    this.#prompt = id;
    return [{ kind: 'promptReceived' }];
  }

  /** What is asked stands until it is answered, whatever else goes on. */
  #said(): readonly Signal[] {
    const [asked] = this.#asked.values();
    const current = asked ?? this.#turn;
    return current === null ? [] : [signal(current)];
  }
}
