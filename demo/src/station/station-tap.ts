import type { RemoteTap } from '@heliobus/core'
import { remoteTap } from '@heliobus/websocket/remote-tap'
import { socketUrl, TAP_PATH } from './facts.ts'
import type { StationNews } from './news.ts'

/** What happens in the ground station, for the devtools. Not over the cable to the hub: it is seen while that is cut, too. */
export function stationTap(news: StationNews): RemoteTap {
  return remoteTap(socketUrl(TAP_PATH), {
    name: 'hub',
    token: async () => (await news.refresh()).token,
  })
}
