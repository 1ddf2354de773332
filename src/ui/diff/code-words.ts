export type CodeKind = 'plain' | 'keyword' | 'literal' | 'comment';
export type CodeWord = { readonly text: string; readonly kind: CodeKind };

/** Words that carry the structure of code in the languages that most repositories hold. */
const keywords = new Set(
  (
    'as async await break case catch class const continue def default defer delete do else enum ' +
    'except export extends final finally fn for from func function go if impl implements import in ' +
    'interface is let loop match mod mut new not null of package pass private protected pub public ' +
    'raise readonly return self static struct super switch then this throw trait true false try ' +
    'type typeof undefined use var void while with yield None True False nil end elif fi done'
  ).split(' '),
);

const pattern =
  /(\/\/.*|(?:^|(?<=\s))#(?![0-9a-fA-F]{3,8}\b|\[).*|\/\*.*?(?:\*\/|$))|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`?|\b\d[\w.]*)|([\p{L}_][\p{L}\p{N}_]*)/gu;

/** Longer rows are no code that anybody reads. */
const charsMax = 400;

/** A row of code by what its words are, as far as one row alone can tell, in whatever language. */
export function codeWords(text: string): CodeWord[] {
  if (text.length > charsMax) return [{ text, kind: 'plain' }];
  const words: CodeWord[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const kind = kindOf(match);
    if (kind === 'plain') continue;
    if (match.index > at) words.push({ text: text.slice(at, match.index), kind: 'plain' });
    words.push({ text: match[0], kind });
    at = match.index + match[0].length;
  }
  if (at < text.length) words.push({ text: text.slice(at), kind: 'plain' });
  return words;
}

function kindOf([, comment, literal, word]: RegExpMatchArray): CodeKind {
  if (comment !== undefined) return 'comment';
  if (literal !== undefined) return 'literal';
  return word !== undefined && keywords.has(word) ? 'keyword' : 'plain';
}
