import type { Rule } from '../plan.ts';

/** What a task waits for must be able to land. */
export const unknownDependency: Rule = plan => subject =>
  subject.dependsOn.flatMap(id => {
    const standing = plan.byId.get(id)?.standing;
    if (standing !== undefined && standing !== 'dropped') return [];
    const why = standing === 'dropped' ? 'which was dropped' : 'which does not exist';
    return {
      severity: 'error',
      other: standing === undefined ? null : id,
      reason: `it waits for ${id}, ${why}: it would wait for ever`,
      remedy: `leave ${id} out, or name a task that is on the board`,
    };
  });

/** Tasks in a circle all wait for each other. */
export const cycle: Rule = plan => subject => {
  const { id, splits } = subject;
  if (id === null && splits !== undefined && plan.ancestorsOf(subject).has(splits))
    return [
      {
        severity: 'error',
        other: splits,
        reason: `it is a part of ${splits}, and waits for it`,
        remedy: `leave out what waits for ${splits}; let the parts wait for each other where they must`,
      },
    ];
  if (id === null || !plan.ancestorsOf(subject).has(id)) return [];
  const through = subject.dependsOn.find(one => {
    const task = plan.byId.get(one);
    return one === id || (task !== undefined && plan.ancestorsOf(task).has(id));
  });
  const circle = through === id ? 'itself' : `${through}, which waits for ${id}`;
  return [
    {
      severity: 'error',
      other: through ?? null,
      reason: `${id} waits for ${circle}`,
      remedy: 'take one of the dependencies out',
    },
  ];
};
