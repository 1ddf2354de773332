import { type JsonObject, objectOf, textOf } from './json-object.ts';

/** What a tool is about to do, for the person who allows it: the command, the file or the question itself. */
export function toolText(tool: string, input: JsonObject | null): string {
  const of = (key: string) => textOf(input?.[key]);
  const questions = input?.['questions'];
  const [first] = Array.isArray(questions) ? questions : [];
  const question = textOf(objectOf(first)?.['question']);
  const about = question ?? of('command') ?? of('file_path') ?? of('url') ?? of('plan');
  if (question !== null) return question;
  if (about === null) return tool;
  return /^(bash|shell|exec_command)$/i.test(tool) ? about : `${tool} ${about}`;
}
