/** The terminal's title: what a person sees of Belfry among their other windows. */
export const titleOf = (repositoryName: string, needsCount: number): string =>
  needsCount === 0
    ? `${repositoryName} · Belfry`
    : `! ${needsCount} ${needsCount === 1 ? 'needs' : 'need'} you · ${repositoryName} · Belfry`;
