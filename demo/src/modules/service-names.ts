/**
 * Over Redis these modules run in processes of their own, of which each has a share of the events: what they know is the sum
 * of what each knows. The index of `search` would be torn apart.
 */
export const SERVICES = ['email', 'profile', 'notification', 'analytics'] as const

export type ServiceName = (typeof SERVICES)[number]

export function isServiceName(module: string): module is ServiceName {
  return SERVICES.some((service) => service === module)
}
