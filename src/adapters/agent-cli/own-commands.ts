/**
 * What an agent tells Belfry. It needs no permission of the person: Belfry judges each of them by the agent's role,
 * and none of them does anything by itself.
 */
export const ownCommands = [
  ...['belfry done', 'belfry blocked', 'belfry note', 'belfry task add', 'belfry split'],
  ...['belfry guide', 'belfry reassign', 'belfry drop', 'belfry ask'],
] as const;
