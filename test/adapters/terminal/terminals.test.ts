import { describeTerminals } from '../../contract/terminals.ts';
import { openScript } from './open-script.ts';

const script = `
const { prints, exitsWith } = JSON.parse(process.argv[1]);
if (exitsWith === undefined) process.stdin.setRawMode(true);
process.stdout.write(prints);
if (exitsWith !== undefined) process.exitCode = exitsWith;
else process.stdin.on('data', keys => {
  const visible = keys.toString().replaceAll(/[\\x00-\\x1f]/g,
    char => '^' + String.fromCharCode(char.charCodeAt(0) + 64));
  process.stdout.write('[' + visible + ']');
});
`;

describeTerminals('the terminal in a PTY', (program, size) =>
  openScript(script, [JSON.stringify(program)], size),
);
