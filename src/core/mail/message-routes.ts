import type { Role } from '../agent.ts';

/** To which roles the agents of each role may write. The person may write to anyone. */
export type MessageRoutes = Readonly<Record<Role, readonly Role[]>>;

/** Engineers do not write to each other: what they agree on in passing is in nobody's task. */
export const defaultRoutes: MessageRoutes = {
  architect: ['manager', 'engineer'],
  manager: ['architect', 'engineer'],
  engineer: ['architect', 'manager'],
};

/** Why an agent may not write to another, and to whom it may; null when it may. */
export function routeRefusal(routes: MessageRoutes, from: Role, to: Role): string | null {
  if (routes[from].includes(to)) return null;
  const allowed = routes[from];
  const rest = allowed.length === 0 ? 'nobody' : `the ${allowed.join(' and the ')}`;
  return `on this team the ${from} does not write to the ${to}; you may write to ${rest}`;
}
