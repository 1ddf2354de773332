import { hotspotShareMin } from '../../limits.ts';
import type { Plan, Rule } from '../plan.ts';

const lockFiles =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|go\.sum|Gemfile\.lock|composer\.lock|mix\.lock|flake\.lock)$/;
const barrels = /(^|\/)(index\.[cm]?[jt]sx?|mod\.rs|lib\.rs|__init__\.py|mod\.ts)$/;
const schemas =
  /(^|\/)(schema\.(prisma|sql|graphql|rb|json)|[^/]+\.proto|openapi\.(ya?ml|json)|migrations?\/[^/]+)$/;

/** Files in which every branch meets want one owner at a time. */
export const hotspot: Rule = plan => subject => {
  const found = [...new Set([...subject.files, ...plan.filesOf(subject)])].flatMap(path => {
    const kind = kindOf(path, plan);
    return kind === null ? [] : [{ path, kind }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const more = found.length === 1 ? '' : ` (and ${found.length - 1} more like it)`;
  return [
    {
      severity: 'warning',
      reason: `${first.path} is ${first.kind}${more}: branches that change it meet there`,
      remedy: 'let one task own it and the others depend on that one',
    },
  ];
};

function kindOf(path: string, { facts }: Plan): string | null {
  if (lockFiles.test(path)) return 'a lock file';
  if (barrels.test(path)) return 'a barrel';
  if (schemas.test(path)) return 'a schema';
  const share = facts.changeShares.get(path) ?? 0;
  return share < hotspotShareMin ? null : `changed by ${Math.round(share * 100)} % of all commits`;
}
