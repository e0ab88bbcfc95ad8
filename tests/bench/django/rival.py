"""The three requests of the main measure on Django REST framework, on the tables of the product.

Written as its guides advise: persistent connections, select_related and prefetch_related in place of a query per row, signed
tokens without a look-up, cursor pagination, one transaction for what is posted. It does less than the product: one rule of
access, no masking of personal data, no deadlines, no search tokens.

    rival.py token ACCOUNT EMPLOYEE ESTATE POST     prints an access token
    gunicorn rival:application                      serves
"""

import hashlib
import json
import os
import sys
import uuid
from datetime import timedelta

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="only-for-measurements-and-long-enough-for-hs256",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="rival",
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ.get("BENCH_SOCKET", ""),
            "NAME": "wuye",
            "USER": "wuye",
            "CONN_MAX_AGE": None,
        }
    },
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTStatelessUserAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "UNAUTHENTICATED_USER": None,
    },
    SIMPLE_JWT={"USER_ID_CLAIM": "account", "ACCESS_TOKEN_LIFETIME": timedelta(hours=1)},
)
django.setup()

from django.contrib.postgres.fields import ArrayField  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.dateparse import parse_datetime  # noqa: E402
from rest_framework import generics, pagination, serializers, status  # noqa: E402
from rest_framework.response import Response  # noqa: E402


class Employee(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.TextField()

    class Meta:
        app_label, managed, db_table = "rival", False, "employees"


class House(models.Model):
    id = models.UUIDField(primary_key=True)
    no = models.TextField()

    class Meta:
        app_label, managed, db_table = "rival", False, "houses"


def person(name):
    return models.ForeignKey(Employee, models.DO_NOTHING, null=True, related_name="+", db_column=name)


class RepairRequest(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    no = models.TextField()
    estate_id = models.UUIDField()
    responsible_post = models.TextField()
    created_by = person("created_by")
    source = models.TextField(default="owner")
    house = models.ForeignKey(House, models.DO_NOTHING, null=True, related_name="+")
    place_text = models.TextField(null=True)
    contact_name = models.TextField(null=True)
    contact_phone = models.TextField(null=True)
    category = models.TextField()
    urgency = models.TextField()
    paid = models.BooleanField(default=False)
    warranty = models.BooleanField(default=False)
    text = models.TextField()
    requested_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    dispatch_due_at = models.DateTimeField()
    state = models.TextField()
    end_reason = models.TextField(null=True)
    search = ArrayField(models.TextField(), default=list)
    updated_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        app_label, managed, db_table = "rival", False, "repair_requests"


class WorkOrder(models.Model):
    id = models.UUIDField(primary_key=True)
    no = models.TextField()
    estate_id = models.UUIDField()
    request = models.ForeignKey(RepairRequest, models.DO_NOTHING, related_name="+")
    responsible_post = models.TextField()
    technician = models.ForeignKey(Employee, models.DO_NOTHING, related_name="+")
    category = models.TextField()
    urgency = models.TextField()
    estimated_minutes = models.IntegerField()
    state = models.TextField()
    dispatched_by = person("dispatched_by")
    dispatched_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    response_due_at = models.DateTimeField()
    finish_due_at = models.DateTimeField()
    pending_reason = models.TextField(null=True)
    returned_count = models.IntegerField()
    keyed_late = models.BooleanField()
    verified_by = person("verified_by")
    verified_at = models.DateTimeField(null=True)
    rating = models.TextField(null=True)
    end_reason = models.TextField(null=True)
    updated_at = models.DateTimeField()
    version = models.IntegerField()

    class Meta:
        app_label, managed, db_table = "rival", False, "work_orders"


class Dispatch(models.Model):
    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(WorkOrder, models.DO_NOTHING, related_name="dispatches")
    technician = models.ForeignKey(Employee, models.DO_NOTHING, related_name="+")
    place = models.IntegerField(null=True)
    reason = models.TextField(null=True)
    dispatched_at = models.DateTimeField()

    class Meta:
        app_label, managed, db_table = "rival", False, "work_order_dispatches"


class Result(models.Model):
    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(WorkOrder, models.DO_NOTHING, related_name="results")
    technician = models.ForeignKey(Employee, models.DO_NOTHING, related_name="+")
    finished_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    cause = models.TextField()
    work_done = models.TextField()
    materials_used = models.JSONField()
    minutes_worked = models.IntegerField()
    material_cost_fen = models.BigIntegerField()
    charge_fen = models.BigIntegerField()
    safety_passed = models.BooleanField()
    sign_kind = models.TextField()
    sign_name = models.TextField(null=True)

    class Meta:
        app_label, managed, db_table = "rival", False, "work_order_results"


class Trail(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    estate_id = models.UUIDField()
    account_id = models.UUIDField()
    employee_id = models.UUIDField()
    post = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.UUIDField()
    action = models.TextField()
    to_state = models.TextField()
    changes = models.JSONField(default=dict)
    clauses = ArrayField(models.TextField(), default=list)

    class Meta:
        app_label, managed, db_table = "rival", False, "trail"


class RequestSerializer(serializers.ModelSerializer):
    house_id = serializers.UUIDField()
    house_no = serializers.CharField(source="house.no", read_only=True)

    class Meta:
        model = RepairRequest
        exclude = ["search", "house"]
        read_only_fields = [
            "no", "estate_id", "responsible_post", "created_by", "source", "requested_at", "recorded_at", "dispatch_due_at",
            "state", "end_reason", "updated_at", "version",
        ]


class LineSerializer(serializers.ModelSerializer):
    technician_name = serializers.CharField(source="technician.name")
    dispatched_by_name = serializers.CharField(source="dispatched_by.name", default=None)
    verified_by_name = serializers.CharField(source="verified_by.name", default=None)
    request_no = serializers.CharField(source="request.no")
    text = serializers.CharField(source="request.text")
    house_no = serializers.CharField(source="request.house.no", default=None)
    requested_at = serializers.DateTimeField(source="request.requested_at")

    class Meta:
        model = WorkOrder
        fields = "__all__"


class DispatchSerializer(serializers.ModelSerializer):
    technician_name = serializers.CharField(source="technician.name")

    class Meta:
        model = Dispatch
        exclude = ["order"]


class ResultSerializer(serializers.ModelSerializer):
    technician_name = serializers.CharField(source="technician.name")

    class Meta:
        model = Result
        exclude = ["order"]


class OrderSerializer(LineSerializer):
    request = RequestSerializer()
    dispatches = DispatchSerializer(many=True)
    results = ResultSerializer(many=True)


class Pages(pagination.CursorPagination):
    page_size = 50
    ordering = ("-dispatched_at", "-id")


class Scoped:
    """What the caller may see: the orders of their estate."""

    def get_queryset(self):
        orders = WorkOrder.objects.filter(estate_id=self.request.auth["estate"])
        return orders.select_related("technician", "dispatched_by", "verified_by", "request__house")


class OrderView(Scoped, generics.RetrieveAPIView):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return super().get_queryset().prefetch_related("dispatches__technician", "results__technician")


class OrderList(Scoped, generics.ListAPIView):
    serializer_class = LineSerializer
    pagination_class = Pages

    def get_queryset(self):
        asked = self.request.query_params
        orders = super().get_queryset()
        if "category" in asked:
            orders = orders.filter(category__in=asked["category"].split(","))
        if "until" in asked:
            orders = orders.filter(dispatched_at__lt=parse_datetime(asked["until"]))
        return orders


NUMBER = """INSERT INTO number_series (estate_id, series, year, last) VALUES (%s, 'BXR', %s, 1)
    ON CONFLICT ON CONSTRAINT number_series_pkey DO UPDATE SET last = number_series.last + 1 RETURNING last"""
CLAIM = """INSERT INTO idempotency_keys (account_id, operation, key, body_hash, created_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING"""
STORE = "UPDATE idempotency_keys SET status = 201, body = %s WHERE account_id = %s AND operation = %s AND key = %s"


class RequestList(generics.CreateAPIView):
    serializer_class = RequestSerializer

    @transaction.atomic
    def create(self, request, *args, **kwargs):
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        claims, now = request.auth, timezone.now()
        operation, key = "POST /repair-requests", request.headers["Idempotency-Key"]
        with connection.cursor() as cursor:
            digest = hashlib.sha256(json.dumps(request.data).encode()).digest()
            cursor.execute(CLAIM, [claims["account"], operation, key, digest, now])
            cursor.execute(NUMBER, [claims["estate"], now.year])
            number = cursor.fetchone()[0]
        made = asked.save(
            no=f"BXR{now.year}-{number:06}", estate_id=claims["estate"], responsible_post="RECEPT",
            created_by_id=claims["employee"], requested_at=now, recorded_at=now, state="requested", updated_at=now,
            dispatch_due_at=now + timedelta(minutes=30),
        )
        Trail.objects.create(
            occurred_at=now, recorded_at=now, estate_id=claims["estate"], account_id=claims["account"],
            employee_id=claims["employee"], post=claims["post"], subject_kind="repair_request", subject_id=made.id,
            action="repair_requested", to_state="requested", clauses=["POS-RECEPT-09a"],
        )
        answer = self.get_serializer(made).data
        with connection.cursor() as cursor:
            body = json.dumps(answer, default=str)
            cursor.execute(STORE, [body, claims["account"], operation, key])
        return Response(answer, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("api/v1/work-orders/<uuid:pk>", OrderView.as_view()),
    path("api/v1/work-orders", OrderList.as_view()),
    path("api/v1/repair-requests", RequestList.as_view()),
]
application = get_wsgi_application()

if __name__ == "__main__" and sys.argv[1] == "token":
    from rest_framework_simplejwt.tokens import AccessToken

    token = AccessToken()
    token["account"], token["employee"], token["estate"], token["post"] = sys.argv[2:6]
    print(token)
