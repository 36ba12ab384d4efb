/** Transports between tabs, workers and frames of one origin: BroadcastChannel and MessagePort. */
export {}
