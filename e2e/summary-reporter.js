/** Ends a run with one line that a machine can read. */
export default class SummaryReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    console.log(`\ntests: ${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
  }
}
