/** Tells a person who looks elsewhere. */
export interface Notifier {
  notify(text: string): void;
  /** The terminal's title. */
  setTitle(text: string): void;
}
