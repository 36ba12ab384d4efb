import { filesCss } from './files/files.css.ts'
import { filterCss } from './filter/filter.css.ts'
import { inspectorCss } from './inspector/inspector.css.ts'
import { baseCss } from './look/base.css.ts'
import { tokensCss } from './look/tokens.css.ts'
import { overviewCss } from './overview/overview.css.ts'
import { panelViewCss } from './panel-view.css.ts'
import { statusCss } from './status/status.css.ts'
import { streamCss } from './stream/stream.css.ts'
import { toolbarCss } from './toolbar/toolbar.css.ts'
import { topicsCss } from './topics/topics.css.ts'

/** The panel's whole style sheet, for a constructed sheet: allowed under `style-src 'self'`, and one for each document. */
export const panelCss: string = [
  tokensCss,
  baseCss,
  panelViewCss,
  toolbarCss,
  filterCss,
  overviewCss,
  streamCss,
  topicsCss,
  inspectorCss,
  statusCss,
  filesCss,
].join('')
