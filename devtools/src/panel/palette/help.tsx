import type { ReactNode } from 'react'
import { Button } from '../look/button.tsx'
import { keyLabel } from '../look/key-label.ts'
import { type Command, commandsOf } from '../state/commands.ts'
import type { Panel } from '../state/panel.ts'
import { usePanel } from '../use-panel.ts'
import { Dialog } from './dialog.tsx'
import { examples, type KeyHelp, partKeys } from './help-texts.ts'

/** All keys, and the filter language by example. */
export function Help(): ReactNode {
  const panel = usePanel()
  return (
    <Dialog label="Keys and filters" className="hb-help">
      <div className="hb-help-title">
        <h2>Keys and filters</h2>
        <Button label="Close" keys={keyLabel('Escape')} icon="close" onClick={() => panel.open(undefined)} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it can be scrolled by keys */}
      <div className="hb-help-columns" tabIndex={0} data-first="">
        <section aria-label="Keys">
          {keysByGroup(panel).map(({ part, keys }) => (
            <KeyList key={part} title={part} keys={keys} />
          ))}
        </section>
        <Filters />
      </div>
    </Dialog>
  )
}

function keysByGroup(panel: Panel): typeof partKeys {
  const commands = commandsOf(panel)
  const groups = (['Events', 'View', 'Panel'] as const).map((group) => ({
    part: group,
    keys: commands.filter((command) => command.group === group).flatMap(keyOf),
  }))
  return [...groups, ...partKeys]
}

function keyOf({ key, title }: Command): readonly KeyHelp[] {
  return key === undefined ? [] : [{ keys: [key], meaning: title }]
}

function KeyList({ title, keys }: { readonly title: string; readonly keys: readonly KeyHelp[] }): ReactNode {
  return (
    <>
      <h3>{title}</h3>
      <dl className="hb-help-keys">
        {keys.map(({ keys: names, meaning }) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{keyLabel(name)}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Filters(): ReactNode {
  const panel = usePanel()
  const use = (filter: string): void => {
    panel.open(undefined)
    panel.session.view.setFilter(filter)
  }
  return (
    <section aria-label="Filters">
      <h3>Filters</h3>
      <p className="hb-dim">A space is “and”, | is “or”, − is “not”. Press one to use it.</p>
      <ul>
        {examples.map(({ filter, meaning }) => (
          <li key={filter}>
            <button type="button" className="hb-example" onClick={() => use(filter)}>
              <code className="hb-mono">{filter}</code>
              <span className="hb-dim">{meaning}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
