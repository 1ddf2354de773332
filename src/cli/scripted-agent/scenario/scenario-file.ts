/** What scripted agents play where team.yaml names nothing, from the repository's root. */
export const defaultScenario = '.belfry/scenario.yaml';

/** A week of a large team is a tenth of it; more is another file. */
export const scenarioBytesMax = 4_000_000;
