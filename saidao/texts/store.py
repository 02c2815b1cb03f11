"""What is kept: the store, runs, and the log."""

from __future__ import annotations

STORE: dict[str, tuple[str, str]] = {
    "store_missing.expected": (
        "the packages that keep runs and plans (missing: {found})",
        "保存运行记录与方案所需的软件包（缺少 {found}）",
    ),
    "store_missing.remedy": ("Install saidao[store].", "请安装 saidao[store]。"),
    "store_address.expected": (
        "a file, or an address such as postgresql+psycopg://user@host/name",
        "一个文件，或形如 postgresql+psycopg://user@host/name 的地址",
    ),
    "store_address.remedy": (
        "Correct --store or SAIDAO_STORE; without either, the store is a file in your data folder.",
        "请改正 --store 或 SAIDAO_STORE；两者都不写时，存储库是您数据文件夹中的一个文件。",
    ),
    "store_failed.expected": ("a store that can be read and written", "可读写的存储库"),
    "store_failed.remedy": (
        "Nothing was changed. See to its place, its rights and its room, and try again.",
        "未作任何更改。请检查其位置、权限与空间后重试。",
    ),
    "store_newer.expected": ("a store of version {newest} at most", "版本不高于 {newest} 的存储库"),
    "store_newer.remedy": ("A newer saidao has written it: update this one.", "它由更新版本的 saidao 写入：请先升级。"),
}
