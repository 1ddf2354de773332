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

/**
 * Ends every mode that the page uses, whatever it was doing: for whoever restores the terminal after a
 * signal or a crash. Synchronized update off, wrapping on, focus reports and bracketed paste off, colours reset, cursor
 * on, back from the alternate screen.
 */
export const leavePage =
  '\u001b[?2026l\u001b[?7h\u001b[?1006l\u001b[?1000l\u001b[?1004l\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l';
