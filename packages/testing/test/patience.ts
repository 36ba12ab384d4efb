/** For whatever is waited for. Long, because the end of it is only reached when something is wrong, however busy the machine. */
export const patience = { timeout: 20_000 }
