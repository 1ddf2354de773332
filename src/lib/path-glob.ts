const alternativesMax = 100;

/**
 * Whether a path is named by a pattern: a path, a folder with everything in it, or a glob. `*` and `?`
 * stay within one name, `**` goes over folders, `{a,b}` is either. Everything else stands for itself.
 * Never slower than the lengths of both multiplied, whatever the pattern is.
 */
export function matchesGlob(path: string, pattern: string): boolean {
  const names = path.split('/');
  return alternativesOf(pattern).some(one => {
    const wanted = one.replace(/^\.\//, '').replace(/\/+$/, '').split('/');
    return (wanted.length === 1 && wanted[0] === '.') || matchesNames(names, wanted);
  });
}

/** `a{b,c}d` as `abd` and `acd`. A brace without its partner stands for itself. */
function alternativesOf(pattern: string): readonly string[] {
  let open = [pattern];
  const closed: string[] = [];
  while (open.length > 0 && open.length + closed.length <= alternativesMax) {
    const next: string[] = [];
    for (const one of open) {
      const braces = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (braces === null) closed.push(one);
      else {
        const [whole, inside = ''] = braces;
        const [before, after] = [
          one.slice(0, braces.index),
          one.slice(braces.index + whole.length),
        ];
        next.push(...inside.split(',').map(choice => before + choice + after));
      }
    }
    open = next;
  }
  return [...closed, ...open];
}

/** The pattern may end before the path: then it named a folder. */
function matchesNames(names: readonly string[], wanted: readonly string[]): boolean {
  // reached[n]: the pattern up to here can stand for the first n names.
  let reached = names.map((_, index) => index === 0).concat(false);
  for (const part of wanted) {
    if (part === '**') {
      const first = reached.indexOf(true);
      reached = reached.map((_, index) => first !== -1 && index >= first);
      continue;
    }
    const now = reached.map(() => false);
    for (const [index, name] of names.entries())
      if (reached[index] && matchesName(name, part)) now[index + 1] = true;
    reached = now;
  }
  return reached.includes(true);
}

/** One name against `*` and `?`. When it does not go on, the last star takes one character more. */
function matchesName(name: string, part: string): boolean {
  let [at, wantedAt] = [0, 0];
  let [starAt, starTook] = [-1, 0];
  while (at < name.length) {
    const wanted = part[wantedAt];
    if (wanted === '*') {
      starAt = wantedAt;
      starTook = at;
      wantedAt += 1;
    } else if (wanted === '?' || wanted === name[at]) {
      at += 1;
      wantedAt += 1;
    } else if (starAt >= 0) {
      starTook += 1;
      at = starTook;
      wantedAt = starAt + 1;
    } else return false;
  }
  return /^\**$/.test(part.slice(wantedAt));
}
