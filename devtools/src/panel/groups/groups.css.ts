/** Beside what the tables of links look like. */
export const groupsCss: string = /* css */ `
.hb-panel .hb-group { padding-bottom: 12px; border-bottom: 1px solid var(--hb-line) }
.hb-panel .hb-group h2 { display: flex; align-items: baseline; gap: 8px; font-size: 13px }
.hb-group-where { padding: 0 6px; border-radius: 8px; background: var(--hb-raised); border: 1px solid var(--hb-line); color: var(--hb-dim); font: 11px/14px var(--hb-ui) }
.hb-panel .hb-group-troubles { display: grid; gap: 4px; padding: 2px 12px 10px; list-style: none }
.hb-group-troubles li { display: flex; gap: 8px }
.hb-groups table { table-layout: fixed }
.hb-groups th.hb-number { width: 92px }
.hb-groups :is(th, td).hb-shard { width: 56px }
.hb-groups tfoot :is(th, td) { height: 28px; padding-top: 4px; border-bottom: 0; font-size: 12px; color: var(--hb-dim); vertical-align: top }
.hb-groups tbody:has(+ tfoot) tr:last-child td { border-bottom-color: var(--hb-line-strong) }
.hb-groups tfoot td.hb-dead { color: var(--hb-dead) }
.hb-owner { display: flex; gap: 8px; min-width: 0; white-space: nowrap }
.hb-owner > .hb-cut { max-width: 300px }
.hb-panel .hb-group h3 { padding: 12px 12px 4px; font-size: 12px; font-weight: 600 }
.hb-group-remark { display: block; padding: 0 12px 4px; color: var(--hb-dim) }
.hb-group-remark:empty { display: none }
.hb-groups th.hb-group-deeds { width: 196px }
div.hb-group-deeds { margin: -2px 0; display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 4px }
@container hb-links (max-width: 640px) {
  .hb-groups .hb-extra { display: none }
  .hb-groups :is(th, td) { padding-left: 6px; padding-right: 6px }
  .hb-groups :is(th, td):last-child { padding-right: 12px }
  .hb-groups :is(th, td):first-child { padding-left: 12px }
  .hb-groups th.hb-number { width: 60px }
  .hb-groups th.hb-number:last-child { width: 88px }
  .hb-groups :is(th, td).hb-shard { width: 52px }
}
@container hb-links (max-width: 480px) { .hb-groups th.hb-group-deeds { width: 112px } .hb-owner > .hb-faint { display: none } }
`
