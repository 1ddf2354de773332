import { type ParserPlugin, parse } from '@babel/parser';
import type { ExportedSymbol, SourceSymbols } from './source-symbols.ts';

type Program = ReturnType<typeof parse>['program'];
type Statement = Program['body'][number];

/** TypeScript and JavaScript by a real parser. Null when the text is no program at all. */
export function readScriptSymbols(path: string, text: string): SourceSymbols | null {
  const body = bodyOf(path, text);
  if (body === null) return null;
  const exported: ExportedSymbol[] = [];
  const imported = new Set<string>();
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') {
      for (const one of statement.specifiers)
        if (one.type === 'ImportSpecifier') imported.add(nameOf(one.imported));
    } else if (statement.type === 'ExportDefaultDeclaration') {
      const signature = signatureOf(statement.declaration as Statement, text);
      exported.push({ name: 'default', signature });
    } else if (statement.type === 'ExportAllDeclaration') {
      exported.push({ name: `* from ${statement.source.value}`, signature: '' });
    } else if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration) exported.push(...declared(statement.declaration, text));
      for (const one of statement.specifiers) {
        if (one.type !== 'ExportSpecifier') continue;
        exported.push({ name: nameOf(one.exported), signature: '' });
        if (statement.source) imported.add(nameOf(one.local));
      }
    }
  }
  return { exported, imported: [...imported] };
}

/** Errors are recovered from: work in progress has half a file now and then. */
function bodyOf(path: string, text: string): readonly Statement[] | null {
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const plugins: ParserPlugin[] = [
    ...(isTyped ? (['typescript', 'decorators'] as const) : []),
    ...(/\.[cm]?ts$/.test(path) ? [] : (['jsx'] as const)),
  ];
  try {
    const options = {
      sourceType: 'unambiguous',
      errorRecovery: true,
      attachComment: false,
    } as const;
    return parse(text, { ...options, plugins }).program.body;
  } catch {
    return null;
  }
}

const nameOf = (node: { type: string; name?: string; value?: string }) =>
  node.name ?? node.value ?? '';

type Declaration = {
  readonly type: string;
  readonly start?: number | null;
  readonly end?: number | null;
  readonly id?: unknown;
  readonly body?: unknown;
  readonly declarations?: readonly unknown[];
};

function declared(given: unknown, text: string): readonly ExportedSymbol[] {
  const node = given as Declaration;
  if (node.type === 'VariableDeclaration')
    return (node.declarations ?? []).flatMap(one => {
      const { id } = one as { id: { type: string; name?: string } };
      return id.type === 'Identifier'
        ? [{ name: nameOf(id), signature: variableSignature(one, text) }]
        : [];
    });
  const name = nameOf((node.id ?? { type: '' }) as { type: string });
  return name === '' ? [] : [{ name, signature: signatureOf(node, text) }];
}

type Spanned = { readonly type?: string; readonly start: number; readonly end: number };

/** A function or class up to its body; types, interfaces and enums as a whole, for their users see all of it. */
function signatureOf(given: unknown, text: string): string {
  const node = given as Declaration & Spanned;
  const body = node.body as (Spanned & { body?: readonly unknown[] }) | null | undefined;
  if (/Function/.test(node.type) && body) return even(text.slice(node.start, body.start));
  if (/^Class/.test(node.type) && body) {
    const members = membersOf(body.body ?? [], text)
      .map(even)
      .join('; ');
    return `${even(text.slice(node.start, body.start))} { ${members} }`;
  }
  return even(text.slice(node.start, node.end));
}

/** What a class shows: its members up to their bodies and values, private ones left out. */
function membersOf(members: readonly unknown[], text: string): readonly string[] {
  return members.flatMap(one => {
    const member = one as Spanned & {
      body?: Spanned | null;
      value?: Spanned | null;
      key?: Spanned;
    };
    if (/Private/.test(member.type ?? '') || member.type === 'StaticBlock') return [];
    const end = member.body?.start ?? member.value?.start ?? member.end;
    return [text.slice(member.start, end)];
  });
}

/** `const f = (a: A): B =>` shows its parameters, any other constant its type, or its value where it has none. */
function variableSignature(given: unknown, text: string): string {
  const node = given as Spanned & {
    readonly id: Spanned & { readonly typeAnnotation?: unknown };
    readonly init?: (Spanned & { readonly body?: Spanned }) | null;
  };
  if (node.id.typeAnnotation) return even(text.slice(node.id.start, node.id.end));
  const { init } = node;
  if (init && /Function/.test(init.type ?? '') && init.body)
    return even(text.slice(node.start, init.body.start));
  return even(text.slice(node.start, node.end));
}

const signatureCharsMax = 2_000;
/** Read for it: comments and line breaks fall out. */
const readCharsMax = 4 * signatureCharsMax;
const even = (text: string) =>
  text
    .slice(0, readCharsMax)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\s=;]+$/, '')
    .trim()
    .slice(0, signatureCharsMax);
