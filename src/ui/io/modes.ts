/** Reports of the terminal window gaining and losing focus (xterm control sequences, "FocusIn/FocusOut"). */
const enterFocusReports = '\u001b[?1004h';
const leaveFocusReports = '\u001b[?1004l';
/** Reports of presses and of the wheel, in the form that knows no largest column; Shift keeps the terminal's own selection. */
const enterMouseReports = '\u001b[?1000h\u001b[?1006h';
const leaveMouseReports = '\u001b[?1006l\u001b[?1000l';

/** What the page asks the terminal to report while it is on the screen, and how that ends. */
export const reportModes = ({ hasMouse }: { readonly hasMouse: boolean }) => ({
  enter: enterFocusReports + (hasMouse ? enterMouseReports : ''),
  leave: (hasMouse ? leaveMouseReports : '') + leaveFocusReports,
});
