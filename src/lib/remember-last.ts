/** The same answer as long as the argument is the same object or text: for what is asked on every frame. */
export function rememberLast<Argument, Answer>(
  answer: (argument: Argument) => Answer,
): (argument: Argument) => Answer {
  let last: { readonly argument: Argument; readonly answer: Answer } | null = null;
  return argument => {
    if (last === null || !Object.is(last.argument, argument)) {
      last = { argument, answer: answer(argument) };
    }
    return last.answer;
  };
}
