# One image for web, worker, beat and the migrate job. Build: docker build -t rasso .
FROM python:3.13-slim AS build
WORKDIR /srv
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
RUN DJANGO_SETTINGS_MODULE=rasso.settings.base /opt/venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent rasso
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv /srv
WORKDIR /srv
USER rasso
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=rasso.settings.production
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "rasso.wsgi:application"]
