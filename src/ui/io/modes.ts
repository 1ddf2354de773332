/** Reports of the terminal window gaining and losing focus (xterm control sequences, "FocusIn/FocusOut"). */
export const enterFocusReports = '\u001b[?1004h';
export const leaveFocusReports = '\u001b[?1004l';

/**
 * Ends every mode that the page uses, whatever it was doing: for whoever restores the terminal after a
 * signal or a crash. Synchronized update off, wrapping on, focus reports and bracketed paste off, colours reset, cursor
 * on, back from the alternate screen.
 */
export const leavePage =
  '\u001b[?2026l\u001b[?7h\u001b[?1004l\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l';
