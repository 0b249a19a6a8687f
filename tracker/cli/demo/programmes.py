"""The demo's programmes: two over the three groups of the story, eight over a crowd of them."""

from collections.abc import Callable, Sequence
from datetime import date

from tracker.models import Group
from tracker.services import programmes
from tracker.services.act import Act

COMPOSED = date(2026, 3, 2)
OF_STORY = (
    ("Xuất khẩu và hội nhập", "Exports and integration", ("HAL", "SOL")),
    ("Chuyển đổi xanh", "Green transition", ("SOL", "GHG")),
)
# With the places of their topics in `crowd.TOPICS`.
OF_CROWD = (
    ("Nông nghiệp và thực phẩm", "Agriculture and food", (0, 4, 10)),
    ("Giao thông xanh", "Green transport", (1, 7, 12)),
    ("Chuyển đổi số", "Digital transformation", (2, 8, 13)),
    ("Chăm sóc sức khỏe", "Health care", (3, 15)),
    ("Xây dựng an toàn", "Safe building", (5, 11)),
    ("Nước và môi trường", "Water and environment", (6, 7)),
    ("Hàng tiêu dùng", "Consumer goods", (9, 14)),
    ("Công nghiệp nền tảng", "Basic industries", (5, 8, 12)),
)


def compose(group_of: Callable[[str], Group], by: Act) -> None:
    """Those of the story; `group_of` finds a group by its key."""
    for name, name_en, keys in OF_STORY:
        chosen = [group_of(key).id for key in keys]
        programmes.create(name=name, name_en=name_en, groups=chosen, by=by)


def gather(groups: Sequence[tuple[int, Group]], *, by: Act) -> None:
    """The same over a crowd, each group with the place of its topic."""
    for name, name_en, topics in OF_CROWD:
        chosen = [group.id for topic, group in groups if topic in topics]
        programmes.create(name=name, name_en=name_en, groups=chosen, by=by)
