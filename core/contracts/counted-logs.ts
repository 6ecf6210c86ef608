/** Messages of the log that an alarm or a metric counts: who logs them and who counts them read the same words. */

/** A telephone was to ring for an alert, and its relay had no connection. */
export const ALERT_RANG_NOBODY = 'alert rings nobody';
