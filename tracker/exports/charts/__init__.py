"""Charts as SVG, drawn once for pages and documents alike.

Colours are presentation attributes, which any style sheet overrides: the site's does, so a page
follows its theme, and paper keeps the light colours that are written here.
"""

from tracker.exports.charts import burn_up, heat_map, progress, timeline, trend

__all__ = ["burn_up", "heat_map", "progress", "timeline", "trend"]
