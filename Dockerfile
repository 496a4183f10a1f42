# The product as one image: web server, worker and clock are the same image started with different commands.
FROM node:24-bookworm-slim AS assets
WORKDIR /product
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY .ci/assets .ci/assets
RUN sh .ci/assets

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 LANG=C.UTF-8 PATH=/opt/venv/bin:$PATH VAR_DIR=/var/lib/supervision DOC_FONT_DIR=/usr/local/share/fonts/office
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai \
    && mkdir -p "$DOC_FONT_DIR" && cd /tmp \
    && apt-get -o APT::Sandbox::User=root download texlive-lang-chinese \
    && dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb \
    | tar -x -O ./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf > "$DOC_FONT_DIR/FandolFang-Regular.otf" \
    && test -s "$DOC_FONT_DIR/FandolFang-Regular.otf" \
    && rm -rf /tmp/* /var/lib/apt/lists/*
WORKDIR /product
COPY requirements/base.txt requirements/uv.txt requirements/
RUN python -m venv /opt/venv \
    && pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && uv pip sync --no-cache --require-hashes --python /opt/venv/bin/python requirements/base.txt
COPY . .
COPY --from=assets /product/build build
# The manifest is part of the image; the key of this step is thrown away with it.
RUN STATIC_MANIFEST=1 SECRET_KEY=collecting-static-files-needs-one VAR_DIR=/product/collected python manage.py collectstatic --noinput -v 0 \
    && useradd --system --uid 10001 --home-dir /var/lib/supervision --create-home office
ENV STATIC_MANIFEST=1 STATIC_ROOT=/product/collected/static
USER office
EXPOSE 8000
CMD ["gunicorn", "supervision.config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--timeout", "120", "--no-control-socket"]
