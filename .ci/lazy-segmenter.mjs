// Stands for Intl.Segmenter in the bundle, where several packages make one while they load. The first one
// of a process loads Unicode's tables, 15 ms, and most pages never split a grapheme.
export class LazySegmenter {
  #given;
  #real;

  constructor(...given) {
    this.#given = given;
  }

  segment(text) {
    this.#real ??= new globalThis.Intl['Segmenter'](...this.#given);
    return this.#real.segment(text);
  }
}
