/** Contract suites for transports, as data that any test runner can run. */
export {}
