/** Plain SGR colours of the person's own palette, as agent CLIs use them. */
const paint = (code: number) => (text: string) =>
  text === '' ? '' : `\x1b[${code}m${text}\x1b[0m`;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);
export const cyan = paint(36);
