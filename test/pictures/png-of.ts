type Renderer = {
  readonly Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } };
};

/** By name, so that whoever only tests needs not have it installed. */
const renderer: string = '@resvg/resvg-js';

/** An SVG as PNG, with the machine's own fonts: DejaVu Sans Mono has every sign of the page. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const { Resvg } = (await import(renderer)) as Renderer;
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono' };
  return new Resvg(svg, { font }).render().asPng();
}
