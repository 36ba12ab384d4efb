import type { Random } from '../random.ts'

const given = [
  'Ada',
  'Caroline',
  'Cecilia',
  'Edwin',
  'Galileo',
  'Henrietta',
  'Hypatia',
  'Jocelyn',
  'Johannes',
  'Katherine',
  'Maria',
  'Nancy',
  'Subra',
  'Tycho',
  'Vera',
  'Wang',
] as const

const family = [
  'Bell',
  'Brahe',
  'Cannon',
  'Herschel',
  'Hubble',
  'Kepler',
  'Leavitt',
  'Lovell',
  'Mitchell',
  'Payne',
  'Roman',
  'Rubin',
  'Sagan',
  'Somerville',
  'Tombaugh',
  'Zhenyi',
] as const

export const PLACES = ['Atacama', 'Kitt Peak', 'La Palma', 'Mauna Kea', 'Potsdam', 'Ujjain'] as const

export function personName(random: Random): string {
  return `${random.pick(given)} ${random.pick(family)}`
}
