/** Files dragged onto the phone. */

/** Files dropped on `zone` reach `accept(files)` while `ready()`; `sign` is visible as long as they hover. */
export function acceptDrops(zone, sign, ready, accept) {
  const carriesFiles = (event) => ready() && [...(event.dataTransfer?.types || [])].includes("Files");
  zone.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) sign.hidden = true;
  });
  zone.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    sign.hidden = true;
    accept([...event.dataTransfer.files]);
  });
}
