/** Keeps the room of the first row of panels, so that what stands below does not jump when they are there. */
export function PanelsToCome() {
  return <div style={{ height: PANEL_HEIGHT_PX }} />;
}

export const PANEL_HEIGHT_PX = 240;
