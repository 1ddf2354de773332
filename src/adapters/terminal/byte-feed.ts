import type { ParseQueue } from './parse-queue.ts';

type Sink = {
  /** Draws one slice at once. */
  readonly parse: (bytes: Uint8Array) => void;
  /** Stops and goes on reading from the program: the kernel then makes it wait. */
  readonly pause: () => void;
  readonly resume: () => void;
};

/** Queued bytes at which reading stops, and at which it goes on. */
const highWaterBytes = 128 * 1024;
const lowWaterBytes = 32 * 1024;
/** A slice takes the emulator about 1 ms, at its worst 30 ms. */
const sliceBytesMax = 8 * 1024;
const windowMs = 50;
/** Nobody looks: enough for status, and eight flooding agents together cost a few percent of a core. */
const hiddenBytesPerWindow = 16 * 1024;
/** 5 MB/s, faster than anybody reads, for a fifth of a core; the rest is for keys and drawing. */
const visibleBytesPerWindow = 256 * 1024;

/** One program's bytes on their way into its emulator: queued, bounded, and cut into slices. */
export class ByteFeed {
  readonly #queue: ParseQueue;
  readonly #sink: Sink;
  #chunks: Uint8Array[] = [];
  #queuedBytes = 0;
  #isPaused = false;
  #isVisible = false;
  #windowStart = Number.NEGATIVE_INFINITY;
  #windowBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #onDrained: (() => void) | null = null;

  constructor(queue: ParseQueue, sink: Sink) {
    this.#queue = queue;
    this.#sink = sink;
  }

  get isVisible(): boolean {
    return this.#isVisible;
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#request();
  }

  push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#queuedBytes += bytes.length;
    if (!this.#isPaused && this.#queuedBytes >= highWaterBytes) {
      this.#isPaused = true;
      this.#sink.pause();
    }
    this.#request();
  }

  /** No more bytes will come: the rest is drawn without a budget, then `onDrained` is called once. */
  finish(onDrained: () => void): void {
    this.#onDrained = onDrained;
    this.#queue.enqueue(this);
  }

  /** Called by the queue when it is this feed's turn. */
  takeTurn(): void {
    if (this.#waitMs() > 0) return this.#request();
    const slice = this.#takeSlice();
    if (slice !== null) {
      this.#windowBytes += slice.length;
      this.#sink.parse(slice);
    }
    if (this.#isPaused && this.#queuedBytes <= lowWaterBytes) {
      this.#isPaused = false;
      this.#sink.resume();
    }
    if (this.#queuedBytes > 0) return this.#request();
    const onDrained = this.#onDrained;
    this.#onDrained = null;
    onDrained?.();
  }

  #request(): void {
    if (this.#queuedBytes === 0) return;
    if (this.#timer !== null) {
      if (!this.#isVisible) return;
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    const waitMs = this.#waitMs();
    if (waitMs <= 0) return this.#queue.enqueue(this);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#queue.enqueue(this);
    }, waitMs);
  }

  /** How long the budget makes it wait, 0 when it may be parsed. */
  #waitMs(): number {
    if (this.#onDrained !== null) return 0;
    const now = performance.now();
    if (now - this.#windowStart >= windowMs) {
      this.#windowStart = now;
      this.#windowBytes = 0;
    }
    const budget = this.#isVisible ? visibleBytesPerWindow : hiddenBytesPerWindow;
    return this.#windowBytes < budget ? 0 : this.#windowStart + windowMs - now;
  }

  #takeSlice(): Uint8Array | null {
    const chunk = this.#chunks[0];
    if (chunk === undefined) return null;
    const slice = chunk.subarray(0, sliceBytesMax);
    if (slice.length === chunk.length) this.#chunks.shift();
    else this.#chunks[0] = chunk.subarray(sliceBytesMax);
    this.#queuedBytes -= slice.length;
    return slice;
  }
}
